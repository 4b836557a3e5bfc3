import type { Finding, Lists } from '../asking/batch.ts';

/** Counts of children. `read` is what the others add up to. */
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
  /** What it was: it began a sync, wrote, was written already, or had no business any more. */
  did: 'began' | 'wrote' | 'again' | 'nothing' | 'refused';
  /** State of the sync after it. */
  state: 'under way' | 'complete' | 'ended' | 'superseded';
  reason: string | null;
  /** Children by indicator; one that counts for several is in each. */
  indicators: Record<string, Counts & { ghosts: number }>;
  /** All indicators together: read − inSeveral = new + changed + unchanged + rejected. */
  all: Counts & { inSeveral: number };
  /** Children who count for nothing any more, and were kept up to date. */
  left: number;
  /** What Primero said of children that it was asked about by id: a dry run has no ledger to read it from. */
  found: Record<Finding, number>;
  services: { written: number; removed: number };
  /** Children who count for nothing, and got a row again: it had gone to another child, or a hand had deleted it. */
  returned: number;
  /** Rows of cases that went: at the end of a census, or for another child's case_id. */
  removed: number;
  /** Cases that Primero counts behind the last window, for the indicator asked first. */
  remaining: number | null;
  unmapped: Record<string, number>;
  /** In the first batch: Primero's labels of the mapped fields and their options, and what is otherwise than at the sync before. */
  lists: Lists | null;
  listsChanged: string[];
}
