import type { PrimeroCredential } from '../credentials/schema.ts';
import { askAgain } from '../primero-client/ask-again.ts';
import { askPrimero } from '../primero-client/ask-primero.ts';
import type { Vocabulary } from './types.ts';
import { toVocabulary } from './vocabulary.ts';

/** All forms of a large Primero are a few MB, and take seconds. */
const TIMEOUT_MS = 60_000;
const ATTEMPTS = 4;
const PAGE_SIZE = 1000;
const MOST_PAGES = 100;

/**
 * Asks Primero for its forms of a case and its option lists: no case is read. Asks again where that may help.
 * @throws {UserError} PRIMERO_SIGN_IN, PRIMERO_FORBIDDEN, PRIMERO_UNAVAILABLE, PRIMERO_UNREACHABLE, PRIMERO_BAD_ANSWER
 */
export const readVocabulary = async (primero: PrimeroCredential): Promise<Vocabulary> => {
  const once = askPrimero(primero, () => AbortSignal.timeout(TIMEOUT_MS));
  const ask = askAgain(once, primero, { attempts: ATTEMPTS });
  const forms = await ask('forms', { record_type: 'case' });
  const lookups: unknown[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await ask('lookups', { per: PAGE_SIZE, page });
    lookups.push(...answer.records!);
    if (answer.records!.length === 0 || lookups.length >= (answer.total ?? 0)) break;
  }
  return toVocabulary(forms.records!, lookups);
};
