import type { Batch, Lists } from '../asking/batch.ts';
import type { Origin } from '../asking/pack.ts';
import type { SyncError } from '../errors/sync-error.ts';
import type { MappedCase } from '../mapping/record.ts';
import type { Message } from '../message/message.ts';
import type { EndQuestions, Follows, SyncNoted } from '../message/next.ts';
import type { CaseRecord } from '../record.ts';
import type { State } from '../state.ts';
import type { Held } from './settle.ts';
import type { Summary } from './summary.ts';

/** A child of the batch. */
export interface MappedChild extends MappedCase {
  origin: Origin;
}

/** What became of a child's row. */
export type Outcome = 'new' | 'changed' | 'unchanged' | 'older' | 'nothing';

/** A reject as ONA keeps it: who, where and why, never what. */
export interface RejectRow {
  primero_id: string;
  scope: 'case' | 'service';
  field: string;
  reason: string;
  wanted: string | null;
  /** Joined with commas. */
  indicators: string;
}

/** What must be done with a batch, given what ONA knows of its sync. */
export type Verdict =
  /** It begins a sync, and only notes it. */
  | { kind: 'begin'; supersedes: boolean }
  | { kind: 'write' }
  /** It was written already, and its messages are posted again. Or it is no longer needed. */
  | { kind: 'again' | 'nothing'; next: Message[]; reason: string }
  /** It ends its sync: a person must decide. */
  | { kind: 'refuse'; error: SyncError };

/** The state of upsert-cases while it runs. */
export interface WriteState extends State {
  /** Without its rows and values: they are taken out of the object that came in. */
  batch: Batch;
  rows: { record: CaseRecord; origin: Origin }[];
  children: MappedChild[];
  /** Codes and places without a label, by Primero's field. */
  unmapped: Record<string, number>;
  verdict: Verdict;
  sync: SyncNoted | null;
  /** Primero's lists as the sync before found them. */
  listsBefore: Lists | null;
  /** Who has the ids that children of the batch want. */
  conflicts: { cases: Held[]; services: Held[] };
  outcomes: Map<string, Outcome>;
  rejects: RejectRow[];
  services: { held: number; removed: number; written: number };
  /** Rows of cases that were removed: displaced, or left by an earlier integration. */
  gone: number;
  /** What follows if this batch completes the census and removes children. */
  completes: Follows | null;
  removed: { children: number; services: number } | null;
  open: { open: string[]; unseen: number; unindexed: number; removals: number; deleted: number };
  end: EndQuestions | null;
  follows: Follows;
  summary: Summary | null;
}
