import type { Summary } from '../../jobs/writing/summary.ts';

/** What the batches of a sync did, all together. The parts have the same names as in the summary of a batch. */
export type Sums = Pick<
  Summary,
  'indicators' | 'all' | 'left' | 'returned' | 'services' | 'removed' | 'unmapped'
> & {
  /** Batches that read or asked something; the first one of a sync does neither. */
  batches: number;
};

const add = (sums: Record<string, number>, more: Record<string, number>): void => {
  for (const [name, count] of Object.entries(more)) sums[name] = (sums[name] ?? 0) + count;
};

/** Adds up what batches did. */
export const sumUp = (summaries: readonly Summary[]): Sums => {
  const sums: Sums = {
    batches: 0,
    indicators: {},
    all: { read: 0, new: 0, changed: 0, unchanged: 0, rejected: 0, inSeveral: 0 },
    left: 0,
    returned: 0,
    services: { written: 0, removed: 0 },
    removed: 0,
    unmapped: {},
  };
  for (const { did, indicators, all, left, returned, services, removed, unmapped } of summaries) {
    if (did === 'wrote') sums.batches += 1;
    for (const [name, counts] of Object.entries(indicators)) {
      const sum = sums.indicators[name];
      if (sum) add(sum as unknown as Record<string, number>, { ...counts });
      else sums.indicators[name] = { ...counts };
    }
    add(sums.all as unknown as Record<string, number>, { ...all });
    add(sums.services, services);
    add(sums.unmapped, unmapped);
    sums.left += left;
    sums.returned += returned;
    sums.removed += removed;
  }
  return sums;
};
