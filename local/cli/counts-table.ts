import Table from 'cli-table3';
import type { Counts } from '../../jobs/writing/summary.ts';
import { indicatorName } from '../indicator-name.ts';
import type { Sums } from '../ledger/sums.ts';
import { number } from '../words.ts';

const COLUMNS = [
  ['Read', 'read'],
  ['New', 'new'],
  ['Changed', 'changed'],
  ['Unchanged', 'unchanged'],
  ['Rejected', 'rejected'],
] as const;

/** Width of a terminal, in characters, where it is not known. */
export const USUAL_WIDTH = 80;

/** One line for each row, for terminals in which a table would wrap. */
const asLines = (head: string[], rows: string[][]): string =>
  rows
    .map(([name, ...values]) => {
      const named = values.map((value, index) => `${head[index + 1]!.toLowerCase()} ${value}`);
      return `${name}: ${named.join(', ')}`;
    })
    .join('\n');

/** A table that fits 80 characters even with millions. Numbers are aligned to the right. A narrower terminal gets lines instead. */
const table = (head: string[], rows: string[][], width: number): string => {
  const made = new Table({
    head,
    style: { head: [], border: [] },
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
  });
  made.push(...rows);
  const text = made.toString();
  return text.indexOf('\n') > width ? asLines(head, rows) : text;
};

/** How the table is shown. `width`: of the terminal, in characters. `isFirst`: ONA was empty, so nothing can be changed or unchanged. */
export type TableOptions = { width?: number | undefined; isFirst?: boolean };

/**
 * What became of the children that were read: a line for each indicator, and one for all of them. In each line
 * the other columns add up to *read*. A child in several indicators is in each of their lines, and once in the last line.
 */
export const countsTable = (
  { indicators, all }: Sums,
  { width = USUAL_WIDTH, isFirst = false }: TableOptions = {},
): string => {
  const isBare = isFirst && all.changed + all.unchanged === 0;
  const columns = COLUMNS.filter(
    ([, key]) => !isBare || (key !== 'changed' && key !== 'unchanged'),
  );
  const cells = (counts: Counts): string[] => columns.map(([, key]) => number(counts[key]));
  return table(
    ['Children', ...columns.map(([title]) => title)],
    [
      ...Object.entries(indicators).map(([name, counts]) => [
        indicatorName(name),
        ...cells(counts),
      ]),
      ['All', ...cells({ ...all, read: all.read - all.inSeveral })],
    ],
    width,
  );
};
