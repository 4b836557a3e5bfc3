import type { Finding, Lists } from '../asking/batch.ts';

/** Counts of children. The others add up to `read`. */
export interface Counts {
  read: number;
  new: number;
  changed: number;
  unchanged: number;
  rejected: number;
}

/** What a batch did. Counts only: it is logged, kept and shown. */
export interface Summary {
  syncId: string;
  part: number;
  batch: number;
  /** What it did: it began a sync, wrote, had been written already, or was no longer needed. */
  did: 'began' | 'wrote' | 'again' | 'nothing' | 'refused';
  /** State of the sync after it. */
  state: 'under way' | 'complete' | 'ended' | 'superseded';
  reason: string | null;
  /** Children by indicator. A child that counts for several is in each. */
  indicators: Record<string, Counts & { ghosts: number }>;
  /** All indicators together: read − inSeveral = new + changed + unchanged + rejected. */
  all: Counts & { inSeveral: number };
  /** Children who count for nothing any more, and were kept up to date. */
  left: number;
  /** What Primero said of children that it was asked about by id. A dry run has no ledger to read this from. */
  found: Record<Finding, number>;
  services: { written: number; removed: number };
  /** Children who count for nothing but got a row again: another child had taken it, or somebody had deleted it. */
  returned: number;
  /** Rows of cases that were removed: at the end of a census, or for another child's case_id. */
  removed: number;
  /** Cases that Primero counts after the last window, for the indicator that is asked first. */
  remaining: number | null;
  unmapped: Record<string, number>;
  /** In the first batch: Primero's labels of the mapped fields and their options, and what has changed since the sync before. */
  lists: Lists | null;
  listsChanged: string[];
}
