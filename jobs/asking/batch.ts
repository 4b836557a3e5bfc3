import type { Message } from '../message/message.ts';
import type { Second } from '../time.ts';
import type { PackedRow } from './pack.ts';
import type { Range } from './question.ts';

/** What Primero says of a child that was asked about. */
export type Finding = 'counts' | 'left' | 'disabled' | 'deleted' | 'unseen';

/** The answer about one id. */
export interface FindingOf {
  id: string;
  finding: Finding;
  /** Whether the search has the child; else only the database. */
  indexed: boolean;
}

/** A window, and by indicator how many children were read in it and how many ghosts it has. */
export interface WindowCounts extends Range {
  counts: Record<string, [read: number, ghosts: number]>;
}

/** What Primero counts for an indicator: all, and those with a time of creation (in the first batch all, too). */
export type Totals = Record<string, { all: number; dated: number }>;

/** English labels of the mapped fields, as `field`, and of their options, as `field.code`. */
export type Lists = Record<string, unknown>;

/** What get-cases hands on. */
export interface Batch {
  message: Message;
  windows: WindowCounts[];
  /** Where the next window begins; null where none is left. */
  next: Second | null;
  /** Records that a page may have then, going by the size of those read; none where no window was read. */
  page?: number;
  /** Cases that Primero counts from there on, for the indicator asked first; null where no window was read. */
  left: number | null;
  rows: PackedRow[];
  /** Values that rows share, and have the numbers of. */
  values: unknown[];
  findings: FindingOf[];
  /** Asked in the first batch, and where no window is left. */
  totals: Totals | null;
  /** Where the parts of the census begin, but for the first; asked in the first batch. */
  cuts: Second[];
  /** Asked in the first batch; null elsewhere, and where they did not come. */
  lists: Lists | null;
  /** Windows whose totals were asked again. */
  recounted: { from: Second; totals: Record<string, number> }[];
}
