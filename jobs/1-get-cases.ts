/**
 * 1. Get cases: fetches one batch for both indicators, from the inbox's message.
 */
import { fn, getCases } from '@openfn/language-primero';
import { doubtZero } from './lib/operations/doubt-zero.ts';
import {
  countExpected,
  handOnBatch,
  readMessage,
  readRequests,
} from './lib/operations/get-cases.ts';

// The compiler adds this line only where it adds the imports too; without it nobody signs in.
export * from '@openfn/language-primero';

export default [
  fn(readMessage),
  // Page after page, up to the state budget.
  readRequests(getCases),
  // Where nothing is left to fetch: how many must ONA hold now?
  countExpected(getCases),
  // None at all? A failing search looks just like it.
  doubtZero(getCases),
  fn(handOnBatch),
];
