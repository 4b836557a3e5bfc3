import type { Client } from 'pg';
import type { Message } from '../../jobs/message/message.ts';
import type { SyncNoted } from '../../jobs/message/next.ts';
import { type Second, toSecond } from '../../jobs/time.ts';
import type { Summary } from '../../jobs/writing/summary.ts';
import type { OnaCredential } from '../credentials/schema.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';

/** How many records or services could not be loaded, by place and reason; never which, nor their content. */
export type Rejects = {
  scope: 'case' | 'service';
  field: string;
  reason: string;
  count: number;
}[];

/** Children by what Primero said of them; `open` where it has not been asked yet. */
export type Findings = Record<
  'counts' | 'left' | 'disabled' | 'deleted' | 'unseen' | 'open',
  number
>;

/** A sync as the ledger has it. Times are ONA's. */
export type LedgerSync = {
  syncId: string;
  kind: SyncNoted['kind'];
  state: SyncNoted['state'];
  /** Why it ended without being complete, or for whom it is not complete; what it did, where it is no census. */
  reason: string | null;
  createdFrom: Second | null;
  createdTo: Second | null;
  changedSince: Second | null;
  parts: number;
  beganAt: Second;
  endedAt: Second | null;
  lastBatchAt: Second | null;
  /** Since its last batch. */
  idleSeconds: number;
  /** Rows of `cases` when it began, and when it ended. */
  heldBefore: number;
  heldAfter: number | null;
  /** Children that it removed as they had counted for no indicator for so long as retention says. */
  expired: number;
  summaries: Summary[];
  /** Messages that follow the last batch of each part. */
  pending: Message[];
  findings: Findings;
  rejects: Rejects;
};

const time = (value: Date | null): Second | null => value && toSecond(value.getTime());

export const NO_FINDINGS: Findings = {
  counts: 0,
  left: 0,
  disabled: 0,
  deleted: 0,
  unseen: 0,
  open: 0,
};

/** As `readSync`, on a connection that is open. */
export const selectSync = async (client: Client, syncId: string): Promise<LedgerSync | null> => {
  const { rows } = await client.query(await readSql('local/ledger/select-sync.sql'), [syncId]);
  const row = rows[0];
  if (!row) return null;
  return {
    syncId: row.sync_id,
    kind: row.kind,
    state: row.state,
    reason: row.reason,
    createdFrom: time(row.created_from),
    createdTo: time(row.created_to),
    changedSince: time(row.changed_since),
    parts: row.parts,
    beganAt: time(row.began_at)!,
    endedAt: time(row.ended_at),
    lastBatchAt: time(row.last_batch_at),
    idleSeconds: row.idle_seconds,
    heldBefore: row.held_before,
    heldAfter: row.held_after,
    expired: row.expired,
    summaries: row.summaries,
    pending: row.pending,
    findings: { ...NO_FINDINGS, ...row.findings },
    rejects: row.rejects,
  };
};

/** Reads one sync from the ledger; null where ONA knows none with this id. Throws as `withOna`. */
export const readSync = (ona: OnaCredential, syncId: string): Promise<LedgerSync | null> =>
  withOna(ona, (client) => selectSync(client, syncId));
