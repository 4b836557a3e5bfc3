import { expect, test } from 'vitest';
import { closingText, indicatorTable } from '../../../local/cli/closing.ts';
import { chainReport, ledger } from './ledger.ts';

test('equal counts are called complete only where the newest window is proven', () => {
  expect(indicatorTable(ledger())).toMatch(/│ 9,000 +│ 9,000 +│ complete /);
  const older = indicatorTable(ledger({ proven: false }));
  expect(older).toMatch(/│ 9,000 +│ 9,000 +│ not proven yet /);
  expect(older).not.toMatch(/complete/);
});

test('batches that another inbox ran are not told as none', () => {
  const ours = closingText(chainReport(), [], []);
  expect(ours).toMatch(/Nothing had changed\..*Inserted.*\n0 batches in 1\.0 s\./s);
  const watched = closingText(chainReport({ totals: null }), [], []);
  expect(watched).toMatch(/^\nComplete: ONA holds all .*\nWatched the inbox for 1\.0 s\. ONA now/s);
  expect(watched).not.toMatch(/Nothing had changed|Inserted|batch/);
});

test('a backfill that leaves ONA unproven says so, below what it did', () => {
  const walked = { from: '2025-01-01T00:00:00Z', to: '2025-12-31T23:59:59Z' };
  const text = (proven: boolean) =>
    closingText(chainReport({ walked, status: ledger({ proven }) }), [], []);
  expect(text(true)).not.toMatch(/not proven/);
  expect(text(false)).toMatch(
    /^Done: .*is not proven .*\nThe next `sync` fetches what is missing\./ms,
  );
  expect(text(false)).not.toMatch(/omplete/);
});
