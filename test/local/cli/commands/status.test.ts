import { expect, test } from 'vitest';
import { statusText } from '../../../../local/cli/commands/status.ts';
import { ledger } from '../ledger.ts';

test('a slice that ended before the others wrote anything is not taken for the whole', () => {
  const end = '2023-09-03T00:00:00Z';
  const part = {
    covered: [['1970-01-01T00:00:00Z', end] as [string, string]],
    expected: null,
    held: null,
    proven: false,
  };
  const text = statusText(ledger(part, { mode: 'slice', windowTo: end }));
  expect(text).toMatch(/^Not proven yet\./);
  expect(text).toMatch(/Nothing that was last updated after 2023-09-03T00:00:00Z was brought over/);
});

test('a sync says up to when its window is, and one that is complete has nothing after it', () => {
  for (const status of [ledger({ proven: false }), ledger({}, { mode: 'backfill' })])
    expect(statusText(status)).not.toMatch(/Nothing/);
});
