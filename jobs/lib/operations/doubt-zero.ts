import type { getCases as GetCases } from '@openfn/language-primero';
import { SyncError } from '../errors.ts';
import { everywhereQuery } from '../requests.ts';
import { asking } from './read.ts';
import type { GetState } from './state.ts';

const empty = (what: string): never => {
  throw new SyncError('PRIMERO_EMPTY', what);
};

/**
 * Does not believe that Primero has nothing up to the window's end: a search that fails looks just like it, and
 * where ONA holds nothing yet, nothing against nothing would prove a sync complete. So the cases of the indicator
 * are counted without a window. More than have changed since its end cannot all lie after it. None of any
 * indicator is no Primero that a sync is for.
 * @throws {SyncError} PRIMERO_EMPTY
 * @example <caption>With the official adaptor's operation</caption>
 * doubtZero(getCases)
 */
export const doubtZero = (getCases: typeof GetCases) => async (state: GetState) => {
  const { message, batch } = state;
  const { expected, changed } = batch;
  const zeros = (expected ?? []).filter((audit) => audit.expected === 0);
  if (message.proof?.audits || zeros.length === 0) return state;
  const ask = asking(getCases, state);
  let atAnyTime = 0;
  for (const { indicator, to } of zeros) {
    const query = { ...everywhereQuery(indicator), record_state: true };
    const total = await ask(query, 1, (page) => page.total);
    if (changed && total > changed.length)
      empty(`Primero counts no case for ${indicator} up to ${to}, and ${total} at any time.`);
    atAnyTime += total;
  }
  if (zeros.length === expected!.length && atAnyTime === 0)
    empty('Primero counts no case for any indicator, at any time.');
  return state;
};
