/**
 * 1. Get cases: asks about the absent children of the last batch, and reads windows, each once for each indicator.
 */
import { fn, getCases, http } from '@openfn/language-primero';
import { askAfterAbsent } from './asking/absent.ts';
import { askAboutHidden } from './asking/hidden.ts';
import { readLists } from './asking/lists.ts';
import { afterFirst, handOnBatch, readMessage } from './asking/start.ts';
import { askTotals, recountWindows } from './asking/totals.ts';
import { readWindows } from './asking/windows.ts';

// The compiler adds this line only if it also adds the imports. Without it nobody signs in.
export * from '@openfn/language-primero';

export default [
  fn(readMessage),
  // What does Primero say of children that ONA holds and that were in no answer?
  afterFirst(askAfterAbsent(getCases, http)),
  // A field that is in no record of an answer: is it blank, or hidden from this user?
  askAboutHidden(getCases),
  // Window after window of creation time, as many as the state can hold. Each is asked the same questions.
  afterFirst(readWindows(getCases)),
  // In the first batch, and when no window is left: how many children does Primero count?
  askTotals(getCases),
  recountWindows(getCases),
  // In the first batch: what do Primero's forms and lists say of the mapped fields?
  readLists(http),
  fn(handOnBatch),
];
