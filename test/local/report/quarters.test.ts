import { expect, test } from 'vitest';
import { byQuarter, EARLIER, MOST_QUARTERS, toGrid } from '../../../local/report/quarters.ts';
import { KRATIE, NOWHERE } from './sample.ts';

const PAILIN = { value: '24', en: 'Pailin', km: null };
const KANDAL = { value: '8', en: 'Kandal', km: null };

test('orders quarters by time and provinces by code, what is not known last', () => {
  const grid = toGrid([
    { quarter: 'unknown', province: PAILIN, children: 1 },
    { quarter: '2026-Q1', province: NOWHERE, children: 2 },
    { quarter: '2025-Q4', province: KRATIE, children: 3 },
    { quarter: '2026-Q1', province: KANDAL, children: 4 },
  ]);
  expect(grid.quarters).toEqual(['2025-Q4', '2026-Q1', 'unknown']);
  expect(grid.provinces.map(({ value, children }) => [value, children])).toEqual([
    ['8', 4],
    ['10', 3],
    ['24', 1],
    [null, 2],
  ]);
  expect(byQuarter(grid)).toEqual([
    { quarter: '2025-Q4', children: 3 },
    { quarter: '2026-Q1', children: 6 },
    { quarter: 'unknown', children: 1 },
  ]);
});

test('puts older quarters together where there are too many for a table, and loses no child', () => {
  const cells = Array.from({ length: MOST_QUARTERS + 7 }, (_, n) => ({
    quarter: `${2000 + Math.floor(n / 4)}-Q${1 + (n % 4)}`,
    province: KRATIE,
    children: 2,
  }));
  const grid = toGrid(cells);
  expect(grid.quarters).toHaveLength(MOST_QUARTERS + 1);
  expect(byQuarter(grid)[0]).toEqual({ quarter: EARLIER, children: 14 });
  expect(grid.provinces[0]?.children).toBe(2 * cells.length);
});

test('is empty where there is nothing', () => {
  expect(toGrid([])).toEqual({ quarters: [], provinces: [] });
});
