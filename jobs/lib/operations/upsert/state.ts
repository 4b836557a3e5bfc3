import type { Audited, AuditVerdict } from '../../audit.ts';
import type { Counted } from '../../indicators.ts';
import type { Cuts, Gap } from '../../ledger.ts';
import type { Pending } from '../../pending.ts';
import type { BatchRows } from '../../rows.ts';
import type { Written } from '../../tally.ts';
import type { Batch } from '../../types.ts';
import type { Statement } from '../query.ts';
import type { State } from '../state.ts';

/** State of upsert-cases while it works. */
export interface UpsertState extends State {
  batch: Batch;
  /** Whether ONA held any case before the batch, and any of each indicator; whether a later batch is done. */
  held: Record<Counted | 'any' | 'superseded', boolean>;
  rows: BatchRows;
  /** What of the rows is not in ONA as it is. */
  pending: Pending;
  written: Written;
  gaps: Gap[];
  audited: Audited[] | null;
  verdict: AuditVerdict | null;
  cuts: Cuts[];
}

export type Step = Statement<UpsertState>;
