import { expect, test } from 'vitest';
import { countsTable } from '../../../local/cli/counts-table.ts';
import { syncText } from '../../../local/cli/sync-text.ts';
import { sumUp } from '../../../local/ledger/sums.ts';
import { batch, ledgerSync } from './sample-sync.ts';

test('A table fits 80 columns also with millions; where the terminal is narrower it is lines that add up', () => {
  const sums = sumUp([batch(12_345_670)]);
  const wide = countsTable(sums);
  expect(Math.max(...wide.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(countsTable(sums, { width: 79 })).toBe(wide);
  expect(countsTable(sums, { width: 60 })).toBe(
    [
      'Under 18: read 12,345,670, new 12,345,670, changed 0, unchanged 0, rejected 0',
      'Reintegration: read 1,234,567, new 1,234,567, changed 0, unchanged 0, rejected 0',
      'All: read 12,345,670, new 12,345,670, changed 0, unchanged 0, rejected 0',
    ].join('\n'),
  );
});

test('Where ONA was empty nothing can have changed or not: no column says so, and nobody was asked about', () => {
  const first = syncText(ledgerSync({ heldBefore: 0 })).join('\n');
  expect(first).toMatch(/│ All +│ 1,000 │ 1,000 │ +0 │/);
  expect(first).not.toMatch(/changed|asked about/i);
  const later = syncText(ledgerSync({ heldBefore: 5, heldAfter: 1005 })).join('\n');
  expect(later).toMatch(/Changed │ Unchanged/);
  expect(later).toMatch(/in no answer, and were asked about by id/);
});

test('What changed in a sync is shown also where ONA was empty before it', () => {
  const counts = { read: 3, new: 2, changed: 1, unchanged: 0, rejected: 0 };
  const sums = sumUp([batch(3, { indicators: {}, all: { ...counts, inSeveral: 0 } })]);
  expect(countsTable(sums, { isFirst: true })).toMatch(/│ All +│ +3 │ +2 │ +1 │ +0 │ +0 │/);
});
