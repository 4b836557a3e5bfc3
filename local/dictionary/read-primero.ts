import { setTimeout as sleep } from 'node:timers/promises';
import { retryAfterMs } from '../../jobs/lib/retry.ts';
import { EXIT, UserError } from '../cli/user-error.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';
import type { Vocabulary } from './types.ts';
import { toVocabulary } from './vocabulary.ts';

/** All forms of a large Primero are a few MB, and take seconds. */
const TIMEOUT_MS = 60_000;
const ATTEMPTS = 4;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);
const PAGE_SIZE = 1000;
const MOST_PAGES = 100;

const refusal = (status: number, what: string): UserError => {
  if (status === 401)
    return new UserError(
      'PRIMERO_SIGN_IN',
      'Primero refuses user or password: correct primero.user and primero.password in the credentials file',
      EXIT.usage,
    );
  if (status === 403)
    return new UserError(
      'PRIMERO_FORBIDDEN',
      `Primero does not let this user read ${what}: let the user's role view them`,
    );
  return new UserError(
    'PRIMERO_UNAVAILABLE',
    `Primero answers with status ${status} when asked for ${what}: run again later`,
  );
};

const reasonOf = (error: unknown): string => {
  const { name, cause } = Object(error) as { name?: string; cause?: { code?: string } };
  return cause?.code ?? name ?? 'unknown';
};

type List = { data: unknown[]; total: number | null };

/** What may pass when asked again, and how long Primero asks to wait. */
type Passing = { error: UserError; waitMs: number | null };

const toList = (body: unknown): List | null => {
  const { data, metadata } = Object(body) as { data?: unknown; metadata?: unknown };
  const { total } = Object(metadata) as { total?: unknown };
  return Array.isArray(data) ? { data, total: typeof total === 'number' ? total : null } : null;
};

const attempt = async (url: URL, authorization: string, what: string): Promise<List | Passing> => {
  const headers = { authorization, accept: 'application/json' };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { headers, redirect: 'manual', signal });
    if (!response.ok) {
      const error = refusal(response.status, what);
      if (!PASSING.has(response.status)) throw error;
      return { error, waitMs: retryAfterMs(response.headers.get('retry-after'), Date.now()) };
    }
    // A proxy before Primero may send a page of its own, or half an answer, with status 200.
    const list = toList(await response.json().catch(() => null));
    const text = `what ${url.origin} sends for ${what} is no list: check primero.url in the credentials file`;
    return list ?? { error: new UserError('PRIMERO_BAD_ANSWER', text), waitMs: null };
  } catch (error) {
    if (error instanceof UserError) throw error;
    const text = `Primero at ${url.origin} does not answer (${reasonOf(error)}): check primero.url in the credentials file, and the network`;
    return { error: new UserError('PRIMERO_UNREACHABLE', text), waitMs: null };
  }
};

const ask = async ({ url, user, password }: PrimeroCredential, path: string): Promise<List> => {
  const target = new URL(`${url}/api/v2/${path}`);
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  for (let n = 1; ; n += 1) {
    const answer = await attempt(target, authorization, path.split('?')[0]!);
    if ('data' in answer) return answer;
    if (n >= ATTEMPTS) throw answer.error;
    const delay = answer.waitMs ?? FIRST_DELAY_MS * 2 ** (n - 1);
    await sleep(Math.min(delay, LONGEST_DELAY_MS));
  }
};

const askAllLookups = async (primero: PrimeroCredential): Promise<unknown[]> => {
  const all: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data, total } = await ask(primero, `lookups?per=${PAGE_SIZE}&page=${page}`);
    all.push(...data);
    if (data.length === 0 || all.length >= (total ?? 0)) return all;
  }
  return all;
};

/**
 * Asks Primero for its forms of a case and its option lists: no case is read. Signs in with HTTP Basic, and asks
 * again where that may help.
 * @throws {UserError} PRIMERO_SIGN_IN, PRIMERO_FORBIDDEN, PRIMERO_UNAVAILABLE, PRIMERO_UNREACHABLE, PRIMERO_BAD_ANSWER
 */
export const readVocabulary = async (primero: PrimeroCredential): Promise<Vocabulary> => {
  const { data: forms } = await ask(primero, 'forms?record_type=case');
  return toVocabulary(forms, await askAllLookups(primero));
};
