import { expect, test } from 'vitest';
import { ago, inOrder, quarterOf } from '../../../local/report/quarters.ts';

test.for([
  ['2026-Q1', 1, '2025-Q4'],
  ['2026-Q4', 1, '2026-Q3'],
  ['2026-Q2', 4, '2025-Q2'],
  ['2026-Q1', 5, '2024-Q4'],
  ['2026-Q3', 0, '2026-Q3'],
] as const)('%s, %i quarters ago, is %s', ([quarter, count, before]) => {
  expect(ago(quarter, count)).toBe(before);
});

test.for([
  ['2026-09-30T23:59:59.999Z', '2026-Q3'],
  ['2026-10-01T00:00:00Z', '2026-Q4'],
  ['2027-01-01T00:00:00Z', '2027-Q1'],
])('%s is in %s', ([at, quarter]) => {
  expect(quarterOf(new Date(at!))).toBe(quarter);
});

test('orders quarters by time, what has no date last', () => {
  expect(inOrder(['unknown', '2026-Q1', '2025-Q4', '2026-Q1'])).toEqual([
    ...['2025-Q4', '2026-Q1', 'unknown'],
  ]);
});
