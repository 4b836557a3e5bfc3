/**
 * 3. Request next batch: posts the message of the next batch, or ends the chain.
 */
import { fn, post } from '@openfn/language-http';
import { handOnData, postNext } from './message/post.ts';

// The compiler adds this line only where it adds the imports too.
export * from '@openfn/language-http';

export default [
  // Nothing is posted where no question is open: the chain has ended.
  postNext(post),
  fn(handOnData),
];
