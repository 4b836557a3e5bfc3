/** Shapes that the jobs hand to each other. All of them survive a clone through JSON. */
import type { Audit } from './audit.ts';
import type { Counted, Indicator } from './indicators.ts';
import type { Message, Request } from './message.ts';
import type { Second } from './time.ts';

/** A record as Primero sends it, cut to the fields that the mapping reads. Nothing in it is trusted. */
export interface CaseRecord {
  id: string;
  enabled: boolean;
  last_updated_at: string;
  [field: string]: unknown;
}

/** An answer of `GET /api/v2/cases`. */
export interface Page {
  records: unknown[];
  total: number;
  per: number;
}

/** What one request of a batch brought. */
export interface RequestResult<Record = CaseRecord> extends Request {
  /** Distinct records, oldest first; a record that an earlier request brought is not repeated. */
  records: Record[];
  /** Distinct records that the request brought, those of earlier requests included. */
  fetched: number;
  /** Records of the request that a later batch must fetch. */
  remaining: number;
  /** Everything before this second has been brought over. */
  coveredTo: Second;
  /** Only where the request brought nothing: how many cases Primero has for the indicator at any time. */
  everywhere?: number;
  /** Only of a range that is reconciled: ids of records that were found in it, and had moved on. */
  moved?: string[];
}

/** Primero's side of an audit: its enabled records of the indicator in the range. */
export interface Expected extends Audit {
  expected: number;
}

/** What get-cases hands on. */
export interface Batch<Record = CaseRecord> {
  message: Message;
  fetchedAt: string;
  results: RequestResult<Record>[];
  /** What Primero counts, where the batch asked for it. */
  expected: Expected[] | null;
  /** Ids of all records changed after the window's end: not asked for, or null where too many to name. */
  changed?: string[] | null;
}

/** Counts of what a batch did for one indicator. */
export interface IndicatorSummary {
  fetched: number;
  inserted: number;
  updated: number;
  unchanged: number;
  removed: number;
  rejected: number;
  remaining: number;
  covered: { from: Second; to: Second };
}

/** The two sides of the proof of completeness: what Primero has, what ONA holds. */
export interface ProofSides {
  expected: number;
  held: number;
}

/** What a batch did. Counts only: it is logged, kept and shown. */
export interface Summary {
  syncId: string;
  batch: number;
  mode: Message['mode'];
  window: Message['window'];
  indicators: Partial<Record<Indicator, IndicatorSummary>>;
  services: { written: number; removed: number };
  /** Cases taken out because Primero no longer has them. */
  surplus: number;
  rejects: number;
  unmapped: Record<string, number>;
  proof: Partial<Record<Counted, ProofSides>> | null;
  complete: boolean;
  ended: string | null;
}
