import type { Audited, AuditVerdict } from '../../audit.ts';
import type { Indicator } from '../../indicators.ts';
import type { Cuts, Gap } from '../../ledger.ts';
import type { BatchRows } from '../../rows.ts';
import type { Written } from '../../tally.ts';
import type { Batch } from '../../types.ts';
import type { Statement } from '../query.ts';
import type { State } from '../state.ts';

/** State of upsert-cases while it works. */
export interface UpsertState extends State {
  batch: Batch;
  /**
   * Whether ONA held any case before the batch, any of each indicator, and any reject; whether a later batch
   * is done.
   */
  held: Record<Indicator | 'any' | 'rejects' | 'superseded', boolean>;
  rows: BatchRows;
  written: Written;
  gaps: Gap[];
  audited: Audited[] | null;
  verdict: AuditVerdict | null;
  cuts: Cuts[];
}

export type Step = Statement<UpsertState>;
