import { expect, test } from 'vitest';
import type { CensusOptions } from '../../../local/cli/census-options.ts';
import { makeProgram } from '../../../local/cli/program.ts';
import { checkCensusOptions, toSyncInput } from '../../../local/cli/sync-input.ts';
import type { OnaCredential } from '../../../local/credentials/schema.ts';
import { isPlainCensus } from '../../../local/sync/input.ts';
import { describeOna } from '../../support/ona.ts';

const ID = '3f0b6c1e-9a52-4d0e-8c1b-0c5a7d9e2f11';
const NOBODY = {} as OnaCredential;

/** What `sync` makes of its arguments. */
const parsed = (...args: string[]): CensusOptions => {
  const out = { write: () => {} };
  const program = makeProgram({ terminal: { out, err: out }, end: async () => {} });
  const sync = program.commands.find((command) => command.name() === 'sync')!;
  sync.action(() => {});
  program.parse(['sync', ...args], { from: 'user' });
  return sync.opts();
};

const START = '1900-01-01T00:00:00Z';

test.each([
  [[], { from: START }],
  [['--parts', '2'], { from: START, parts: 2 }],
  [['--take-over', '--accept-removals', '40'], { from: START, takeOver: true, acceptRemovals: 40 }],
  [['--dry-run'], { from: START, dryRun: true }],
  [
    ['--from', '2026-07-01', '--to', '2026-09-30'],
    { from: '2026-07-01T00:00:00Z', to: '2026-10-01T00:00:00Z' },
  ],
  [
    ['--from', '2026-07-01T10:00:00Z', '--to', '2026-07-01T11:00:00Z'],
    { from: '2026-07-01T10:00:00Z', to: '2026-07-01T11:00:00Z' },
  ],
  [['--to', '2025-12-31'], { from: START, to: '2026-01-01T00:00:00Z' }],
  [['--case', ID.toUpperCase()], { from: null, ask: [ID] }],
])('%j begins with %j', async (args, input) => {
  const options = parsed(...args);
  checkCensusOptions(options);
  expect(await toSyncInput(options, NOBODY)).toEqual(input);
});

test('a case can be named again and again', async () => {
  const other = ID.replace('3f', '4f');
  expect(await toSyncInput(parsed('--case', ID, '--case', other), NOBODY)).toEqual({
    from: null,
    ask: [ID, other],
  });
});

test.each([
  [{ changesOnly: true, from: START }, '--changes-only and --from'],
  [{ changesOnly: true, takeOver: true }, '--changes-only and --take-over'],
  [{ case: [ID], to: START }, '--case and --to'],
  [{ from: START, acceptRemovals: 1 }, '--from and --accept-removals'],
  [{ dryRun: true, parts: 2 }, '--dry-run and --parts'],
])('%j says two things at once', (options, text) => {
  expect(() => checkCensusOptions(options)).toThrow(`USAGE: ${text} exclude each other`);
});

test('a range that ends before it begins is refused', () => {
  expect(() =>
    checkCensusOptions({ from: '2026-07-01T00:00:00Z', to: '2026-07-01T00:00:00Z' }),
  ).toThrow(/^USAGE: --to must be after --from/);
});

test('only a census that asks for nothing else is taken up where another one stopped', () => {
  expect(isPlainCensus({ from: START })).toBe(true);
  expect(isPlainCensus({ from: START, parts: 2 })).toBe(true);
  for (const input of [
    { from: null, ask: [ID] },
    { from: '2026-07-01T00:00:00Z' },
    { from: START, changedSince: START },
    { from: START, acceptRemovals: 3 },
  ])
    expect(isPlainCensus(input)).toBe(false);
});

describeOna('changes only', (ona) => {
  const add = (id: string, kind: string, state: string, began: string) =>
    ona.query(
      `INSERT INTO syncs (sync_id, kind, state, began_at, held_before, first_totals)
       VALUES ($1, $2, $3, $4, 0, '{}')`,
      [id, kind, state, began],
    );

  test('are those since a day before the last complete census began', async () => {
    await add('older', 'census', 'complete', '2026-07-01T00:00:00Z');
    await add('census', 'census', 'complete', '2026-10-01T00:00:05.900Z');
    await add('ended', 'census', 'ended', '2026-10-05T00:00:00Z');
    await add('range', 'range', 'complete', '2026-10-06T00:00:00Z');
    expect(await toSyncInput({ changesOnly: true }, ona.credentials)).toEqual({
      from: START,
      changedSince: '2026-09-30T00:00:05Z',
    });
  });

  test('are refused without a complete census', async () => {
    await add('ended', 'census', 'ended', '2026-10-05T00:00:00Z');
    await expect(toSyncInput({ changesOnly: true }, ona.credentials)).rejects.toThrow(
      /^CENSUS_MISSING: .*run `sync` without --changes-only/,
    );
  });
});
