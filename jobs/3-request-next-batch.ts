/**
 * 3. Request next batch: posts the message of the next batch, or ends the chain.
 */
import { fn, post } from '@openfn/language-http';
import { handOnData, postNext } from './message/post.ts';

// The compiler adds this line only if it also adds the imports.
export * from '@openfn/language-http';

export default [
  // If no question is open, nothing is posted: the chain has ended.
  postNext(post),
  fn(handOnData),
];
