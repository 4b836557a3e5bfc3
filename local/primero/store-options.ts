import type { Family } from './family.ts';

/** What decides the content of a sandbox; see `startPrimero` for the defaults. */
export type StoreOptions = {
  cases: number;
  seed: number;
  family: Family;
  /** The server's clock, ms. */
  now: () => number;
  /** Newest `last_updated_at` of the cases at the start, ms. */
  until: number;
  /** Family 2.9: ms until a change is in the search index. */
  commitDelayMs: number;
  /** So many of the cases at the start share one `last_updated_at`, to the millisecond. */
  sameInstant: number;
};
