import type { Indicator } from '../../jobs/lib/indicators.ts';
import type { Summary } from '../../jobs/lib/types.ts';

const COUNTS = ['fetched', 'inserted', 'updated', 'unchanged', 'removed', 'rejected'] as const;

export type Counts = Record<(typeof COUNTS)[number], number>;

/** What all batches of a run did together, and what Primero still has for each indicator. */
export type Totals = Counts & {
  batches: number;
  services: { written: number; removed: number };
  /** Cases taken out because Primero no longer has them. */
  surplus: number;
  /** Values stored as they came because no label or place is known, by column. */
  unmapped: Record<string, number>;
  indicators: Partial<Record<Indicator, Counts & { remaining: number }>>;
};

const noCounts = (): Counts => ({
  fetched: 0,
  inserted: 0,
  updated: 0,
  unchanged: 0,
  removed: 0,
  rejected: 0,
});

export const noTotals = (): Totals => ({
  ...noCounts(),
  batches: 0,
  services: { written: 0, removed: 0 },
  surplus: 0,
  unmapped: {},
  indicators: {},
});

/** Adds what one batch did. */
export const addSummary = (totals: Totals, summary: Summary): void => {
  totals.batches += 1;
  totals.services.written += summary.services.written;
  totals.services.removed += summary.services.removed;
  totals.surplus += summary.surplus;
  for (const [column, count] of Object.entries(summary.unmapped))
    totals.unmapped[column] = (totals.unmapped[column] ?? 0) + count;
  for (const [name, counts] of Object.entries(summary.indicators)) {
    const sums = totals.indicators[name as Indicator] ?? { ...noCounts(), remaining: 0 };
    totals.indicators[name as Indicator] = sums;
    sums.remaining = counts.remaining;
    for (const key of COUNTS) {
      sums[key] += counts[key];
      totals[key] += counts[key];
    }
  }
};

/** Cases that were looked at: each is written, left as it is, removed or rejected. */
export const casesOf = ({ inserted, updated, unchanged, removed, rejected }: Counts): number =>
  inserted + updated + unchanged + removed + rejected;
