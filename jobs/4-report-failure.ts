/**
 * 4. Report failure: tells a webhook (chat, e-mail gateway) that a step failed. Off by default.
 */
import { fn, post } from '@openfn/language-http';
import { failAgain, postReport } from './errors/post-report.ts';

// The compiler adds this line only if it also adds the imports.
export * from '@openfn/language-http';

export default [
  // Names the step, the batch and what to do, but no case.
  postReport(post),
  // The run must count as failed.
  fn(failAgain),
];
