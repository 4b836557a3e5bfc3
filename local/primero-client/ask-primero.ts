import type { Query } from '../../jobs/asking/question.ts';
import { retryAfterMs } from '../../jobs/errors/judge.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';
import { UserError } from '../user-error.ts';

/** An answer of Primero. `records` is null if it is not a list; `total` and `per` are null if it does not say them. */
export type Answer = {
  status: number;
  records: Record<string, unknown>[] | null;
  total: number | null;
  per: number | null;
  /** How long Primero asks to wait, where it does. */
  waitMs: number | null;
};

/** Asks for a list below `/api/v2/`. */
export type Ask = (path: string, query: Query) => Promise<Answer>;

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** Why a request got no answer, as Node names it: ECONNREFUSED, ENOTFOUND, a certificate's fault. */
const causeOf = (error: unknown): string => {
  const { name, cause } = Object(error) as { name?: string; cause?: { code?: string } };
  return name === 'TimeoutError' ? 'no answer in time' : (cause?.code ?? 'no connection');
};

/**
 * Asks Primero once, with HTTP Basic, which every Primero accepts. Signing in with a token is limited to 6 a minute.
 * No redirect is followed.
 * @param signal aborts a request
 * @throws {UserError} PRIMERO_UNREACHABLE if there is no answer; the caller judges what it answered
 */
export const askPrimero = (
  { url, user, password }: PrimeroCredential,
  signal: () => AbortSignal,
): Ask => {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return async (path, query) => {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) search.set(key, String(value));
    const target = new URL(`${url}/api/v2/${path}?${search}`);
    try {
      const response = await fetch(target, {
        headers: { authorization, accept: 'application/json' },
        redirect: 'manual',
        signal: signal(),
      });
      // A proxy before Primero may send a page of its own, or half an answer, with status 200.
      const { data, metadata } = Object(await response.json().catch(() => null));
      const { total, per } = Object(metadata);
      return {
        status: response.status,
        records: Array.isArray(data) ? data.map(Object) : null,
        total: numberOf(total),
        per: numberOf(per),
        waitMs: retryAfterMs(response.headers.get('retry-after'), Date.now()),
      };
    } catch (error) {
      throw new UserError(
        'PRIMERO_UNREACHABLE',
        `Primero at ${target.origin} does not answer (${causeOf(error)})`,
        `check primero.url in the credentials file, and the network`,
      );
    }
  };
};
