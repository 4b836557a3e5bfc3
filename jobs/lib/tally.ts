import { SyncError } from './errors.ts';
import type { Indicator } from './indicators.ts';
import type { BatchRows } from './rows.ts';
import { MAX_REJECTED_SHARE, START_OF_RECORDS, TOLERATED_REJECTS } from './settings.ts';
import { addSeconds } from './time.ts';
import type { Batch, IndicatorSummary, RequestResult, Summary } from './types.ts';

/** What the statements of a batch report. */
export interface Written {
  removed: { indicator: Indicator; removed: number; services: number }[];
  cases: {
    indicator: Indicator;
    outcome: 'inserted' | 'updated' | 'unchanged' | 'clash';
    count: number;
  }[];
  leavers: { updated: number; services: number };
  surplus: { surplus: number; removed: number; services: number };
  servicesRemoved: number;
  servicesWritten: number;
}

export const NOTHING_WRITTEN: Written = {
  removed: [],
  cases: [],
  leavers: { updated: 0, services: 0 },
  surplus: { surplus: 0, removed: 0, services: 0 },
  servicesRemoved: 0,
  servicesWritten: 0,
};

const sum = (numbers: number[]): number => numbers.reduce((total, each) => total + each, 0);

const toIndicator = (
  result: RequestResult,
  rows: BatchRows,
  written: Written,
): IndicatorSummary => {
  const { indicator, records, fetched, remaining, from, coveredTo } = result;
  const count = (outcome: string) =>
    sum(
      written.cases
        .filter((each) => each.indicator === indicator && each.outcome === outcome)
        .map((each) => each.count),
    );
  const removed = sum(
    written.removed.filter((each) => each.indicator === indicator).map((each) => each.removed),
  );
  const inserted = count('inserted');
  const updated = indicator === 'leavers' ? written.leavers.updated : count('updated');
  const rejected = rows.rejects.filter(
    (reject) => reject.indicator === indicator && reject.scope === 'case',
  ).length;
  return {
    fetched,
    inserted,
    updated,
    unchanged: Math.max(0, records.length - inserted - updated - removed - rejected),
    removed,
    rejected,
    remaining,
    covered: { from, to: addSeconds(coveredTo, -1) },
  };
};

/**
 * Fails a batch in which too many records were rejected: then it is the mapping or the permissions that are
 * wrong, not the records.
 * @throws {SyncError} TOO_MANY_REJECTS, with counts by reason and field
 */
export const checkRejects = (rows: BatchRows): void => {
  const rejected = rows.rejects.filter(({ scope }) => scope === 'case');
  const total =
    rows.cases.length + rejected.filter(({ reason }) => reason !== 'CASE_ID_TAKEN').length;
  if (rejected.length <= TOLERATED_REJECTS || rejected.length <= total * MAX_REJECTED_SHARE) return;
  const counts = new Map<string, number>();
  for (const { field, reason } of rejected) {
    const key = `${field} ${reason}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const reasons = [...counts].map(([key, count]) => `${key}: ${count}`).join(', ');
  throw new SyncError(
    'TOO_MANY_REJECTS',
    `${rejected.length} of ${total} records were rejected (${reasons}).`,
  );
};

/** The summary of a batch: counts only. */
export const summarise = (
  { message, results }: Batch,
  rows: BatchRows,
  written: Written,
): Summary => {
  const unmapped: Record<string, number> = {};
  for (const counts of Object.values(rows.unmapped)) {
    for (const [field, count] of Object.entries(counts))
      unmapped[field] = (unmapped[field] ?? 0) + count;
  }
  return {
    syncId: message.syncId,
    batch: message.batch,
    mode: message.mode,
    window: message.window,
    indicators: Object.fromEntries(
      results.map((result) => [result.indicator, toIndicator(result, rows, written)]),
    ),
    services: {
      written: written.servicesWritten,
      removed:
        written.servicesRemoved +
        written.leavers.services +
        written.surplus.services +
        (written.removed[0]?.services ?? 0),
    },
    surplus: written.surplus.surplus,
    rejects: rows.rejects.length,
    unmapped,
    proof: null,
    complete: false,
    ended: null,
  };
};

/**
 * The ledger's lines for a batch. Where ONA held no case at all there was nobody who could have left an
 * indicator, so leavers are covered up to the window's end without being read.
 */
export const toLines = (summary: Summary, rows: BatchRows, wasEmpty: boolean) => {
  const lines = Object.entries(summary.indicators).map(
    ([indicator, { covered, remaining: _, ...counts }]) => ({
      indicator,
      covered_from: covered.from,
      covered_to: addSeconds(covered.to, 1),
      unmapped: rows.unmapped[indicator as Indicator] ?? {},
      ...counts,
    }),
  );
  if (!wasEmpty || summary.indicators.leavers || summary.mode !== 'sync') return lines;
  const nothing = { fetched: 0, inserted: 0, updated: 0, unchanged: 0, removed: 0, rejected: 0 };
  const covered = { covered_from: START_OF_RECORDS, covered_to: addSeconds(summary.window.to, 1) };
  return [...lines, { indicator: 'leavers', ...covered, unmapped: {}, ...nothing }];
};
