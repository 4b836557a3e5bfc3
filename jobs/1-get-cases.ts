/**
 * 1. Get cases: asks about the absent of the last batch, and reads windows, each once for each indicator.
 */
import { fn, getCases, http } from '@openfn/language-primero';
import { askAfterAbsent } from './asking/absent.ts';
import { askAboutHidden } from './asking/hidden.ts';
import { readLists } from './asking/lists.ts';
import { afterFirst, handOnBatch, readMessage } from './asking/start.ts';
import { askTotals, recountWindows } from './asking/totals.ts';
import { readWindows } from './asking/windows.ts';

// The compiler adds this line only where it adds the imports too; without it nobody signs in.
export * from '@openfn/language-primero';

export default [
  fn(readMessage),
  // What became of those whom ONA holds and no answer brought?
  afterFirst(askAfterAbsent(getCases, http)),
  // A field that no record of an answer has: blank, or hidden from this user?
  askAboutHidden(getCases),
  // Window after window of creation time, as many as the state can hold. Each is asked the same.
  afterFirst(readWindows(getCases)),
  // In the first batch, and where no window is left: how many does Primero count?
  askTotals(getCases),
  recountWindows(getCases),
  // In the first batch: what do Primero's forms and lists say of the mapped fields?
  readLists(http),
  fn(handOnBatch),
];
