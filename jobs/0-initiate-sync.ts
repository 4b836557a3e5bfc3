/**
 * 0. Initiate sync: makes the first message of a sync and posts it to the inbox.
 */
import { fn, post } from '@openfn/language-http';
import { handOnData, nextMessage, postMessage, startSync } from './lib/operations/post.ts';

// The compiler adds this line only where it adds the imports too.
export * from '@openfn/language-http';

export default [
  fn(startSync),
  postMessage(post, nextMessage),
  // The window's end stays in the state: the platform hands it to the next run as its cursor.
  fn(handOnData),
];
