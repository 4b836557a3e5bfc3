/**
 * 6. Post standing: tells a webhook (chat, e-mail gateway) whether this quarter's census is complete. Of the workflow watch.json.
 */
import { fn, post } from '@openfn/language-http';
import { handOnNothing } from './message/post.ts';
import { postStanding } from './watching/post-standing.ts';

// The compiler adds this line only where it adds the imports too.
export * from '@openfn/language-http';

export default [
  // Counts and times, and nothing of any child.
  postStanding(post),
  fn(handOnNothing),
];
