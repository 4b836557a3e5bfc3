import { expect, test } from 'vitest';
import { closingText } from '../../../local/cli/closing.ts';
import { headline } from '../../../local/cli/headline.ts';
import { syncText } from '../../../local/cli/sync-text.ts';
import type { LedgerSync } from '../../../local/ledger/read-sync.ts';
import { batch, ledgerSync, syncResult } from './sample-sync.ts';

const REJECTS: LedgerSync['rejects'] = [
  { scope: 'service', field: 'services_section[0].unique_id', reason: 'MISSING', count: 3 },
  { scope: 'case', field: 'age', reason: 'NOT_A_NUMBER', count: 1 },
];

const range = { kind: 'range', reason: 'Read again what was asked for.' } as const;

test.each<[Partial<LedgerSync>, string]>([
  [{}, 'Complete: every child was looked at.'],
  [
    { rejects: REJECTS },
    'Complete: every child was looked at. Not loaded: 1 record and 3 services.',
  ],
  [{ reason: 'Complete but for 3 unseen.' }, 'Complete but for 3 unseen.'],
  [
    {
      kind: 'changes',
      changedSince: '2026-09-30T00:00:00Z',
      reason: 'Changes since … brought over.',
    },
    'Changes since 2026-09-30T00:00:00Z brought over.',
  ],
  [
    { ...range, createdTo: '2026-07-01T00:00:00Z' },
    'Read again: cases created from 1900-01-01T00:00:00Z up to 2026-07-01T00:00:00Z.',
  ],
  [{ ...range, createdFrom: null }, 'Read again: the cases that were asked for.'],
  [{ summaries: [batch(0)] }, 'Complete: every child was looked at. Nothing had changed.'],
])('the answer first: %j', (changes, text) => {
  expect(headline(syncResult({ sync: ledgerSync(changes) }))).toBe(text);
});

test('a dry run is not called complete', () => {
  expect(headline(syncResult({ outcome: 'dry run' }))).toMatch(/^A dry run: nothing was written/);
});

test('each finding has its number and what became of those children; only a complete census has removed', () => {
  const findings = { counts: 9, left: 4, disabled: 3, deleted: 2, unseen: 1, open: 0 };
  const summaries = [batch(1000, { removed: 5 })];
  const census = syncText(ledgerSync({ findings, summaries, heldAfter: 995 }));
  const lines = census.map((line) => line.trim().replaceAll(/ +/g, ' '));
  expect(lines).toContain('4 left count for no indicator now: kept, and up to date');
  expect(lines).toContain('3 disabled removed, with their services');
  expect(lines).toContain('2 deleted removed, with their services');
  expect(lines).toContain('1 unseen the user in Primero may not see them: kept');
  expect(lines).toContain('ONA held 0 children, 1,000 are new, 5 were removed: it holds 995 now.');
  const last = syncText(ledgerSync({ summaries, expired: 2, heldAfter: 993 })).join('\n');
  expect(last).toContain('5 were removed, 2 are kept no longer: it holds 993 now.');

  const again = syncText(ledgerSync({ ...range, findings }))
    .join('\n')
    .replaceAll(/ +/g, ' ');
  expect(again).toMatch(/ 3 disabled kept: only a complete census removes children\n/);
  expect(again).not.toMatch(/removed, with/);
});

test('where nobody was asked about outside of a census, nothing is said of it', () => {
  expect(syncText(ledgerSync(range)).join('\n')).not.toMatch(/Asked about|unseen|ghosts/);
});

test('what was not loaded, and what has no label, is told by place and reason', () => {
  const summaries = [batch(10, { unmapped: { sex: 2 } }), batch(10, { unmapped: { sex: 1 } })];
  const text = syncText(ledgerSync({ rejects: REJECTS, summaries })).join('\n');
  expect(text).toMatch(
    /\n {2}3 × service, services_section\[0\]\.unique_id: MISSING\n {2}1 × case, age/,
  );
  expect(text).toMatch(
    /no label or place is known for them \(`check` lists the codes\):\n {2}3 × sex$/,
  );
});

test('all of it fits 80 columns, with ten million children', () => {
  const counts = { ...batch(9_999_990).all, changed: 9_999_990, unchanged: 9_999_990 };
  const summaries = [batch(9_999_990, { all: { ...counts, rejected: 9_999_990 } })];
  const findings = {
    counts: 0,
    left: 9_999_990,
    disabled: 9_999_990,
    deleted: 1,
    unseen: 1,
    open: 1,
  };
  const sync = ledgerSync({ summaries, findings, heldBefore: 9_999_990, heldAfter: 9_999_990 });
  const text = closingText(syncResult({ sync }), ['where'], ['next']);
  const table = text.split('\n').filter((line) => /^[│┌├└]/.test(line));
  expect(table.length).toBeGreaterThan(6);
  for (const line of table) expect(line.length).toBeLessThanOrEqual(80);
  for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
});
