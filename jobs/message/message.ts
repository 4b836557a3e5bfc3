import type { Second } from '../time.ts';

/** The only kind of message of a sync, version 2. It carries no case data and no secret. */
export interface Message {
  type: 'primero-ona-sync/batch';
  version: 2;
  /** Names the sync. */
  syncId: string;
  /** Which chain of the sync; 1 if there is only one. */
  part: number;
  /** The number of the batch in that chain. */
  batch: number;
  /** Where the next window begins. Null: no window is left, only questions. */
  from: Second | null;
  /** Where this chain ends. Null: it has no end. */
  to: Second | null;
  /** Ids of children to ask about. */
  ask: string[];
  /** How many records its first page may have, judging by the size of those of the batch before. */
  page?: number;
  /** Where the windows begin whose totals are to be asked for again. Each ends where the next one begins, and the last one at `to`. */
  recount?: Second[];
  /** Ends the chain if a complete census has begun since this time, by ONA's clock. */
  unlessCompleteSince?: Second;
  /** In a first message: the number of parts into which the census is to be divided. */
  parts?: number;
  /** A person decided: begin even if another sync is under way. */
  takeOver?: true;
  /** A person decided: up to this many removals are right, in this sync. */
  acceptRemovals?: number;
  /** Only changes: what was last updated since this time. */
  changedSince?: Second;
  /** Read, map and compare, but write and post nothing. */
  dryRun?: true;
}

/**
 * Whether a message begins a sync. The batch of such a message reads no window: it finds out whether the sync is needed. A dry run
 * begins no sync.
 */
export const isFirst = ({ part, batch, dryRun }: Message): boolean =>
  part === 1 && batch === 1 && !dryRun;
