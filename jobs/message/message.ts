import type { Second } from '../time.ts';

/** The one message of a sync, version 2. It carries no case data and no secret. */
export interface Message {
  type: 'primero-ona-sync/batch';
  version: 2;
  /** Names the sync. */
  syncId: string;
  /** Which of its chains; 1 where there is one. */
  part: number;
  /** The number of the batch in that chain. */
  batch: number;
  /** Where the next window begins; null: no window is left, only questions. */
  from: Second | null;
  /** Where this chain ends; null: never. */
  to: Second | null;
  /** Ids of children to ask about. */
  ask: string[];
  /** Records that its first page may have, going by the size of those of the batch before. */
  page?: number;
  /** Where windows begin whose totals are to be asked again; each ends where the next one begins, the last one at `to`. */
  recount?: Second[];
  /** Ends the chain if a complete census began since; by ONA's clock. */
  unlessCompleteSince?: Second;
  /** In a first message: into how many parts the census is to be cut. */
  parts?: number;
  /** A person's word: begin though another sync is under way. */
  takeOver?: true;
  /** A person's word: so many removals at most are right, in this sync. */
  acceptRemovals?: number;
  /** Changes only: what was last updated since. */
  changedSince?: Second;
  /** Read, map, compare; write and post nothing. */
  dryRun?: true;
}

/**
 * Whether a message begins a sync. Its batch reads no window: it finds out whether the sync has any business. A dry run
 * begins none.
 */
export const isFirst = ({ part, batch, dryRun }: Message): boolean =>
  part === 1 && batch === 1 && !dryRun;
