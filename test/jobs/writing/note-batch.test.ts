import { beforeEach, expect, test } from 'vitest';
import NOTE_BATCH from '../../../jobs/writing/note-batch.sql';
import { createdAt } from '../../support/children.ts';
import { describeBoth } from '../../support/ona.ts';
import { idOf } from '../message/messages.ts';
import { find, hold, note, recordOf, run, SYNC } from './held.ts';

type Noted = {
  brought?: number[];
  windows?: [from: string, to: string | null, counts: object][];
  isCensus?: boolean;
  all?: number[];
  rejects?: [
    number: number,
    scope: string,
    field: string,
    reason: string,
    wanted: string | null,
    indicators: string,
  ][];
  recounted?: [from: string, totals: object][];
  part?: number;
};

const second = (number: number) => createdAt(number).replace('.000', '');
const COUNTS = { under18: [3, 1], reintegration: [2, 0] };

describeBoth('note-batch.sql', (ona) => {
  beforeEach(() => note(ona));

  const noteBatch = async (batch: Noted): Promise<number> => {
    const { brought = [], windows = [], isCensus = true, rejects = [], recounted = [] } = batch;
    const column = (index: number) => rejects.map((reject) => reject[index]);
    const [noted] = await run<{ absent: number }>(ona, NOTE_BATCH, [
      SYNC,
      batch.part ?? 1,
      brought.map(idOf),
      windows.map(([from]) => from),
      windows.map(([, to]) => to),
      windows.map(([, , counts]) => JSON.stringify(counts)),
      isCensus,
      (batch.all ?? brought).map(idOf),
      rejects.map(([number]) => idOf(number)),
      ...[1, 2, 3, 4, 5].map(column),
      recounted.map(([from]) => from),
      recounted.map(([, totals]) => JSON.stringify(totals)),
    ]);
    return noted!.absent;
  };
  const open = () =>
    run(
      ona,
      'SELECT primero_id, part FROM sync_findings WHERE finding IS NULL ORDER BY primero_id',
    );
  const holdAt = (...numbers: number[]) =>
    hold(ona, ...numbers.map((number) => recordOf(number, { created_at: createdAt(number) })));

  test('asks about whom ONA holds of a window and no answer brought', async () => {
    await holdAt(1, 2, 3, 4);
    const windows: Noted['windows'] = [[second(2), second(4), COUNTS]];
    expect(await noteBatch({ brought: [2], windows, part: 2 })).toBe(1);
    expect(await open()).toEqual([{ primero_id: idOf(3), part: 2 }]);
  });

  test('goes to the end of time where a window has none', async () => {
    await holdAt(1, 5000);
    expect(await noteBatch({ windows: [[second(2), null, COUNTS]] })).toBe(1);
    expect(await open()).toEqual([{ primero_id: idOf(5000), part: 1 }]);
  });

  test('asks about children without a time of creation with the last window alone', async () => {
    await holdAt(1);
    await ona.query('UPDATE cases SET primero_created_at = NULL');
    await ona.query("INSERT INTO cases (case_id) VALUES ('left by an earlier integration')");
    expect(await noteBatch({ windows: [[second(0), second(9), COUNTS]] })).toBe(0);
    expect(await noteBatch({ windows: [[second(9), null, COUNTS]] })).toBe(1);
    expect(await open()).toEqual([{ primero_id: idOf(1), part: 1 }]);
  });

  test('asks about whoever was deleted from cases by hand, with the last window', async () => {
    await holdAt(1, 2, 3);
    await ona.query('DELETE FROM cases WHERE primero_id <> $1', [idOf(3)]);
    await ona.query('DELETE FROM case_indicators WHERE primero_id = $1', [idOf(2)]);
    expect(await noteBatch({ windows: [[second(0), second(9), COUNTS]], brought: [3] })).toBe(0);
    expect(await noteBatch({ windows: [[second(9), null, COUNTS]] })).toBe(2);
    expect(await open()).toEqual([1, 2].map((number) => ({ primero_id: idOf(number), part: 1 })));
  });

  test('asks about nobody where the sync is no census', async () => {
    await holdAt(1);
    const windows: Noted['windows'] = [[second(0), null, COUNTS]];
    expect(await noteBatch({ windows, isCensus: false })).toBe(0);
  });

  test('asks about nobody twice', async () => {
    await holdAt(1);
    await find(ona, [{ number: 1, finding: 'left' }]);
    expect(await noteBatch({ windows: [[second(0), null, COUNTS]] })).toBe(0);
    expect(await open()).toEqual([]);
  });

  test.each([null, 'disabled', 'deleted', 'unseen', 'left'])(
    'takes back the finding %s of a child that is brought after all',
    async (finding) => {
      await find(ona, [{ number: 1, finding, confirmed: finding === 'disabled' }]);
      await noteBatch({ brought: [1] });
      expect(await run(ona, 'SELECT finding, confirmed FROM sync_findings')).toEqual([
        { finding: 'counts', confirmed: false },
      ]);
    },
  );

  test('notes windows with their counts, and what was read again in place of what was', async () => {
    const windows: Noted['windows'] = [
      [second(0), second(5), COUNTS],
      [second(5), null, COUNTS],
    ];
    await noteBatch({ windows });
    await ona.query('UPDATE sync_windows SET differs = true');
    await noteBatch({ windows: [[second(0), second(4), { under18: [1, 0] }]] });
    const rows = await run(
      ona,
      'SELECT counts, differs, window_to IS NULL AS is_last FROM sync_windows ORDER BY window_from',
    );
    expect(rows).toEqual([
      { counts: { under18: [1, 0] }, differs: false, is_last: false },
      { counts: COUNTS, differs: true, is_last: true },
    ]);
  });

  test('compares windows that were counted again with what was read and its ghosts', async () => {
    await noteBatch({
      windows: [
        [second(0), second(5), COUNTS],
        [second(5), null, COUNTS],
      ],
    });
    await noteBatch({
      recounted: [
        [second(0), { under18: 4, reintegration: 2 }],
        [second(5), { under18: 4, reintegration: 3 }],
      ],
    });
    expect(
      await run(ona, 'SELECT recounted, differs FROM sync_windows ORDER BY window_from'),
    ).toEqual([
      { recounted: true, differs: false },
      { recounted: true, differs: true },
    ]);
  });

  const rejects = () =>
    run(
      ona,
      'SELECT primero_id, scope, field, reason, wanted, indicators, sync_id FROM sync_rejects ORDER BY 1, 3',
    );

  test('keeps rejects, each field of a child once', async () => {
    await noteBatch({
      all: [1],
      rejects: [
        [1, 'case', 'sex', 'NOT_TEXT', null, 'under18,reintegration'],
        [1, 'case', 'case_id_display', 'CASE_ID_TAKEN', 'case-9', ''],
        [1, 'case', 'sex', 'TOO_LONG', null, ''],
      ],
    });
    const base = { primero_id: idOf(1), scope: 'case', sync_id: SYNC };
    expect(await rejects()).toEqual([
      {
        ...base,
        field: 'case_id_display',
        reason: 'CASE_ID_TAKEN',
        wanted: 'case-9',
        indicators: [],
      },
      {
        ...base,
        field: 'sex',
        reason: 'NOT_TEXT',
        wanted: null,
        indicators: ['under18', 'reintegration'],
      },
    ]);
  });

  test('settles the rejects of a child that has been brought without them, and of nobody else', async () => {
    const both = [1, 2].map((number): NonNullable<Noted['rejects']>[0] => [
      number,
      'case',
      'sex',
      'NOT_TEXT',
      null,
      'under18',
    ]);
    await noteBatch({ all: [1, 2], rejects: both });
    await noteBatch({ all: [1] });
    expect(await rejects()).toMatchObject([{ primero_id: idOf(2) }]);
    await noteBatch({ all: [2], rejects: [[2, 'case', 'age', 'NOT_AN_AGE', null, '']] });
    expect(await rejects()).toMatchObject([{ primero_id: idOf(2), field: 'age' }]);
  });

  test('keeps what a child wants that has lost its row, where its own record was read in this sync', async () => {
    const own: NonNullable<Noted['rejects']>[0] = [
      ...([1, 'case', 'case_id_display', 'CASE_ID_TAKEN', 'case-9', ''] as const),
    ];
    const lost: typeof own = [...own.slice(0, 4), 'case-1', ''] as never;
    await noteBatch({ all: [1], rejects: [own] });
    await noteBatch({ all: [2], rejects: [lost] });
    expect(await rejects()).toMatchObject([{ wanted: 'case-9' }]);
    // What an earlier sync noted is of no use now.
    await run(ona, "UPDATE sync_rejects SET sync_id = 'earlier'");
    await noteBatch({ all: [2], rejects: [lost] });
    expect(await rejects()).toMatchObject([{ wanted: 'case-1' }]);
  });
});
