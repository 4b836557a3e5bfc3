import Table from 'cli-table3';
import type { Counts } from '../../jobs/writing/summary.ts';
import { indicatorName } from '../indicator-name.ts';
import type { Sums } from '../ledger/sums.ts';
import { number } from './words.ts';

const cells = ({ read, new: added, changed, unchanged, rejected }: Counts): string[] =>
  [read, added, changed, unchanged, rejected].map(number);

/** A table that fits 80 columns, also with millions; numbers are flush right. */
const table = (head: string[], rows: string[][]): string => {
  const made = new Table({
    head,
    style: { head: [], border: [] },
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
  });
  made.push(...rows);
  return made.toString();
};

/**
 * What became of the children that were read: a line for each indicator, and one for all of them. In each line
 * *read* is what the others add up to; a child in several indicators is in each of their lines, and in the last one once.
 */
export const countsTable = ({ indicators, all }: Sums): string =>
  table(
    ['Children', 'Read', 'New', 'Changed', 'Unchanged', 'Rejected'],
    [
      ...Object.entries(indicators).map(([name, counts]) => [
        indicatorName(name),
        ...cells(counts),
      ]),
      ['All', ...cells({ ...all, read: all.read - all.inSeveral })],
    ],
  );
