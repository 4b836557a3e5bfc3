/**
 * 4. Report failure: tells a webhook (chat, e-mail gateway) that a step failed. Off by default.
 */
import { fn, post } from '@openfn/language-http';
import { failAgain, postReport } from './errors/post-report.ts';

// The compiler adds this line only where it adds the imports too.
export * from '@openfn/language-http';

export default [
  // Which step, which batch, what to do: nothing of any case.
  postReport(post),
  // The run must count as failed.
  fn(failAgain),
];
