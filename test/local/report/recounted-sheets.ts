import { expect } from 'vitest';
import type { Figure } from '../../../local/figures/figure.ts';
import { rounded } from '../../db/recount.ts';

/** A row of the spreadsheet by column, as text. */
export type Row = Record<string, string>;

type Cell = Omit<Figure, 'children'>;

/** One text for a cell. */
export const cellOf = ({ indicator, measure, cut, period, key1, key2 }: Cell): string =>
  [indicator, measure, cut, period, key1, key2].join('|');

/** The quarter or year that is so many quarters before; null where there is none. */
export const earlier = (period: string, quarters: 1 | 4): string | null => {
  const [year, number] = period.split('-Q').map(Number) as [number, number | undefined];
  if (Number.isNaN(year)) return null;
  if (number === undefined) return quarters === 4 ? String(year - 1) : null;
  if (quarters === 4) return `${year - 1}-Q${number}`;
  return number === 1 ? `${year - 1}-Q4` : `${year}-Q${number - 1}`;
};

/** A count without the comma between thousands. */
export const plain = (text: string): string => text.replaceAll(',', '');

/**
 * Compares each row of the spreadsheet with a recount: that all cells are there, each number is rounded by itself, and that
 * of the quarter and of the year before stand beside it. Few are not shown.
 * @returns what is shown of each cell
 */
export const expectSheet = (
  rows: readonly Row[],
  figures: readonly Figure[],
): Map<string, string> => {
  const exact = new Map(figures.map((each) => [cellOf(each), each.children]));
  const shown = new Map(rows.map((row) => [cellOf(row as never), plain(row.children_shown!)]));
  expect(rows).toHaveLength(shown.size);
  expect([...shown.keys()].sort()).toEqual([...exact.keys()].sort());
  const hidden = [...shown.values()].filter((text) => text === '…').length;
  expect(hidden / shown.size).toBeLessThan(0.1);
  const expected = (cell: Cell, period: string | null): string => {
    if (period === null) return '';
    const key = cellOf({ ...cell, period });
    return shown.get(key) === '…' ? '…' : rounded(exact.get(key) ?? 0);
  };
  for (const row of rows) {
    const cell = row as never as Cell;
    for (const [name, period] of [
      ['children', cell.period],
      ['quarter_before', earlier(cell.period, 1)],
      ['year_before', earlier(cell.period, 4)],
    ] as const) {
      const text = plain(row[`${name}_shown`]!);
      expect(text, `${cellOf(cell)} ${name}`).toBe(expected(cell, period));
      expect(row[name], `${cellOf(cell)} ${name}`).toBe(/^\d/.test(text) ? text : '');
    }
  }
  return shown;
};
