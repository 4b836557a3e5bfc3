import type { Summary } from '../../jobs/lib/types.ts';
import { addSummary, noTotals, type Totals } from '../sync/totals.ts';

/** Adds up what the batches of several slices did; what remains is what remains of all of them. */
export const sumSlices = (totals: Totals = noTotals()) => {
  const remaining = new Map<string, number>();
  const add = (summary: Summary): Totals => {
    addSummary(totals, summary);
    for (const [name, counts] of Object.entries(summary.indicators))
      remaining.set(`${name} ${summary.syncId}`, counts.remaining);
    for (const [name, sums] of Object.entries(totals.indicators)) {
      const all = [...remaining].filter(([key]) => key.startsWith(`${name} `));
      sums.remaining = all.reduce((sum, [, each]) => sum + each, 0);
    }
    return totals;
  };
  return { totals, add };
};
