import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from '../../jobs/asking/question.ts';
import { UserError } from '../cli/user-error.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';
import { type Answer, type Ask, askPrimero } from '../primero-client/ask-primero.ts';
import { mayPass, refusalOf } from '../primero-client/refusal.ts';
import type { Vocabulary } from './types.ts';
import { toVocabulary } from './vocabulary.ts';

/** All forms of a large Primero are a few MB, and take seconds. */
const TIMEOUT_MS = 60_000;
const ATTEMPTS = 4;
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;
const PAGE_SIZE = 1000;
const MOST_PAGES = 100;

/** One try: the list, or why there is none and whether another try may help. */
const attempt = async (
  ask: Ask,
  primero: PrimeroCredential,
  path: string,
  query: Query,
): Promise<{ answer: Answer | null; error: UserError | null; mayHelp: boolean }> => {
  try {
    const answer = await ask(path, query);
    return { answer, error: refusalOf(answer, primero, path), mayHelp: mayPass(answer) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { answer: null, error, mayHelp: true };
  }
};

const askAgain = async (
  ask: Ask,
  primero: PrimeroCredential,
  path: string,
  query: Query,
): Promise<Answer> => {
  for (let n = 1; ; n += 1) {
    const { answer, error, mayHelp } = await attempt(ask, primero, path, query);
    if (answer && !error) return answer;
    if (!mayHelp || n >= ATTEMPTS) throw error!;
    const delay = answer?.waitMs ?? FIRST_DELAY_MS * 2 ** (n - 1);
    await sleep(Math.min(delay, LONGEST_DELAY_MS));
  }
};

/**
 * Asks Primero for its forms of a case and its option lists: no case is read. Asks again where that may help.
 * @throws {UserError} PRIMERO_SIGN_IN, PRIMERO_FORBIDDEN, PRIMERO_UNAVAILABLE, PRIMERO_UNREACHABLE, PRIMERO_BAD_ANSWER
 */
export const readVocabulary = async (primero: PrimeroCredential): Promise<Vocabulary> => {
  const ask = askPrimero(primero, () => AbortSignal.timeout(TIMEOUT_MS));
  const forms = await askAgain(ask, primero, 'forms', { record_type: 'case' });
  const lookups: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await askAgain(ask, primero, 'lookups', { per: PAGE_SIZE, page });
    lookups.push(...answer.records!);
    if (answer.records!.length === 0 || lookups.length >= (answer.total ?? 0)) break;
  }
  return toVocabulary(forms.records!, lookups);
};
