import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { statusText } from '../../../../local/cli/commands/status.ts';
import { inProject } from '../../../../local/paths.ts';
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

test('cases that Primero does not show are too many, which the next sync may refuse to mend', async () => {
  const text = statusText(ledger({ expected: 5000, held: 9000, proven: false }));
  expect(text).toMatch(/│ 4,000 too many /);
  expect(text).not.toMatch(/missing|next `sync`/);
  const [, heading] = /see "(.+)" in docs\/runbook\.md/.exec(text)!;
  const runbook = await readFile(inProject('docs', 'runbook.md'), 'utf8');
  expect(runbook).toContain(`\n## ${heading}\n`);
});

test('cases that ONA lacks are missing, and the next sync fetches them', () => {
  const text = statusText(ledger({ expected: 9000, held: 8999, proven: false }));
  expect(text).toMatch(/│ 1 missing /);
  expect(text).toMatch(/The next `sync` fetches what is missing\./);
});
