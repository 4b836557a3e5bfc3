/**
 * 3. Request next batch: posts the message for what is still missing, or ends the sync.
 */
import { fn, post } from '@openfn/language-http';
import { handOnData, nextMessage, postMessage } from './lib/operations/post.ts';

// The compiler adds this line only where it adds the imports too.
export * from '@openfn/language-http';

export default [
  // Nothing is posted where nothing is missing: the sync has ended.
  postMessage(post, nextMessage),
  fn(handOnData),
];
