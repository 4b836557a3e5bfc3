/**
 * 6. Post standing: tells a webhook (chat, e-mail gateway) whether this quarter's census is complete. Part of the workflow watch.json.
 */
import { fn, post } from '@openfn/language-http';
import { handOnNothing } from './message/post.ts';
import { postStanding } from './watching/post-standing.ts';

// The compiler adds this line only if it also adds the imports.
export * from '@openfn/language-http';

export default [
  // Counts and times, and no data of a child.
  postStanding(post),
  fn(handOnNothing),
];
