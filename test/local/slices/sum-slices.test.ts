import { expect, test } from 'vitest';
import type { Summary } from '../../../jobs/lib/types.ts';
import { sumSlices } from '../../../local/slices/sum-slices.ts';

const summary = (slice: number, remaining: number): Summary => {
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
  const counts = { fetched: 5, inserted: 5, updated: 0, unchanged: 0, removed: 0, rejected: 0 };
  return {
    ...{ syncId: `test-${slice}`, batch: 1, mode: 'slice', window: range },
    indicators: { under18: { ...counts, remaining, covered: range } },
    ...{ services: { written: 0, removed: 0 }, surplus: 0, rejects: 0, unmapped: {} },
    ...{ proof: null, complete: false, ended: null },
  };
};

test('what remains is what remains of all slices, not of the last one to speak', () => {
  const { totals, add } = sumSlices();
  add(summary(1, 30));
  add(summary(2, 40));
  expect(totals.indicators.under18).toMatchObject({ remaining: 70, inserted: 10 });
  add(summary(1, 10));
  expect(totals.indicators.under18?.remaining).toBe(50);
});
