import type { Summary } from '../../../jobs/writing/summary.ts';
import type { LedgerSync } from '../../../local/ledger/read-sync.ts';
import type { SyncResult } from '../../../local/sync/run-sync.ts';

/** A batch that read so many new children, all of them under 18 and a tenth of them in reintegration, too. */
export const batch = (read: number, more: Partial<Summary> = {}): Summary => {
  const counts = { read, new: read, changed: 0, unchanged: 0, rejected: 0 };
  const some = read / 10;
  return {
    ...{ syncId: 's-1', part: 1, batch: 2, did: 'wrote', state: 'under way', reason: null },
    indicators: {
      under18: { ...counts, ghosts: 0 },
      reintegration: { ...counts, read: some, new: some, ghosts: 0 },
    },
    all: { ...counts, read: read + some, inSeveral: some },
    left: 0,
    returned: 0,
    found: { counts: 0, left: 0, disabled: 0, deleted: 0, unseen: 0 },
    services: { written: 0, removed: 0 },
    removed: 0,
    remaining: 0,
    unmapped: {},
    lists: null,
    listsChanged: [],
    ...more,
  };
};

/** A census that is complete, of 1,000 new children. */
export const ledgerSync = (more: Partial<LedgerSync> = {}): LedgerSync => ({
  syncId: 's-1',
  kind: 'census',
  state: 'complete',
  reason: null,
  createdFrom: '1900-01-01T00:00:00Z',
  createdTo: null,
  changedSince: null,
  parts: 1,
  beganAt: '2026-10-01T00:00:00Z',
  endedAt: '2026-10-01T00:02:00Z',
  lastBatchAt: '2026-10-01T00:02:00Z',
  idleSeconds: 0,
  heldBefore: 0,
  heldAfter: 1000,
  expired: 0,
  summaries: [batch(1000)],
  pending: [],
  findings: { counts: 0, left: 0, disabled: 0, deleted: 0, unseen: 0, open: 0 },
  rejects: [],
  ...more,
});

/** What came of it. */
export const syncResult = (more: Partial<SyncResult> = {}): SyncResult => ({
  outcome: 'complete',
  failed: null,
  sync: ledgerSync(),
  seconds: 1,
  isWatched: false,
  ...more,
});

/** The message that follows the first batch. */
export const PENDING = {
  type: 'primero-ona-sync/batch',
  version: 2,
  syncId: 's-1',
  part: 1,
  batch: 3,
  from: '2023-05-06T07:08:09Z',
  to: null,
  ask: [],
} as const;
