/**
 * 0. Initiate sync: makes the first message of a sync and posts it to the inbox.
 */
import { fn, post } from '@openfn/language-http';
import { handOnNothing, postNext, startSync } from './message/post.ts';

// The compiler adds this line only if it also adds the imports.
export * from '@openfn/language-http';

export default [
  fn(startSync),
  postNext(post),
  // What is left in the state is the input of the next cron: nothing.
  fn(handOnNothing),
];
