import type { IndicatorStatus, Status } from '../../../local/ona/status.ts';
import type { ChainReport } from '../../../local/sync/run-chain.ts';
import { noTotals } from '../../../local/sync/totals.ts';

const END = '2026-09-30T23:50:00Z';

/** A ledger that is complete, but for what is given of each indicator and of the last sync. */
export const ledger = (
  of: Partial<IndicatorStatus> = {},
  sync: Partial<NonNullable<Status['lastSync']>> = {},
): Status => {
  const indicator: IndicatorStatus = {
    covered: [['1970-01-01T00:00:00Z', END]],
    gaps: [],
    expected: 9000,
    held: 9000,
    proven: true,
    ...of,
  };
  const complete = indicator.proven && indicator.gaps.length === 0;
  return {
    complete,
    indicators: { reintegration: indicator, under18: indicator },
    tables: { cases: 9000, services: 0, rejects: 0 },
    lastSync: {
      syncId: 's1',
      mode: 'sync',
      startedAt: END,
      endedAt: END,
      batches: 1,
      windowTo: END,
      complete,
      ...sync,
    },
  };
};

/** What came of a chain that ended complete and moved nothing. */
export const chainReport = (of: Partial<ChainReport> = {}): ChainReport => ({
  outcome: 'complete',
  failed: null,
  totals: noTotals(),
  seconds: 1,
  status: ledger(),
  rejects: [],
  walked: null,
  ...of,
});
