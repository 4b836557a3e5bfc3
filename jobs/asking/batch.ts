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
  /** Whether the search has the child; if not, only the database has it. */
  indexed: boolean;
}

/** A window, with the children that were read in it and its ghosts, by indicator. */
export interface WindowCounts extends Range {
  counts: Record<string, [read: number, ghosts: number]>;
}

/** What Primero counts for an indicator: all, and those with a time of creation. In the first batch both are all. */
export type Totals = Record<string, { all: number; dated: number }>;

/** English labels of the mapped fields, as `field`, and of their options, as `field.code`. */
export type Lists = Record<string, unknown>;

/** What get-cases passes on. */
export interface Batch {
  message: Message;
  windows: WindowCounts[];
  /** Where the next window begins; null if none is left. */
  next: Second | null;
  /** How many records a page may have then, judging by the size of those read; absent if no window was read. */
  page?: number;
  /** Cases that Primero counts from there on, for the indicator that is asked first; null if no window was read. */
  left: number | null;
  rows: PackedRow[];
  /** Values that several rows share. The rows have their numbers. */
  values: unknown[];
  findings: FindingOf[];
  /** Asked for in the first batch, and when no window is left. */
  totals: Totals | null;
  /** Where the parts of the census begin, except for the first part. Asked for in the first batch. */
  cuts: Second[];
  /** Asked for in the first batch. Null in others, or if they did not come. */
  lists: Lists | null;
  /** Windows whose totals were asked for again. */
  recounted: { from: Second; totals: Record<string, number> }[];
}
