import { expect, test } from 'vitest';
import type { Batch, RequestResult } from '../../jobs/lib/types.ts';
import { batch, idOf, record, result } from '../support/batches.ts';
import { describeBoth } from '../support/ona.ts';
import { upsert } from '../support/upsert.ts';

/** Each day lies behind the one before: a batch covers what is to come, and not what it may have to reopen. */
const days = ['2026-06-10', '2026-06-11', '2026-06-12'];
const of = (services: string[]) => ({
  services_section: services.map((unique_id) => ({ unique_id })),
});
/** Dara was last updated in this second; the first batch covers it, those of the days do not. */
const SECOND = { from: '2026-05-03T08:00:00Z', to: '2026-05-03T08:00:00Z' };
const LATER = { last_updated_at: '2026-05-03T08:00:00.500Z' };

describeBoth('A service whose unique_id another child has', (ona) => {
  const { write, rows, services } = upsert(ona);

  const taken = () =>
    rows('SELECT primero_id, field, reason, held_by FROM sync_rejects ORDER BY primero_id, field');
  const isTaken = (place: number, held_by: string) => ({
    ...{ primero_id: idOf('dara'), field: `services_section[${place}].unique_id` },
    ...{ reason: 'SERVICE_ID_TAKEN', held_by },
  });
  const dara = (...ids: string[]) => record('dara', { ...LATER, ...of(ids) });
  const onDay = (day: number) => ({ last_updated_at: `${days[day]}T08:00:00.000Z` });
  /** What came on a day, and nothing before it. */
  const dayOf = (day: number, ...results: RequestResult[]): Batch =>
    batch(results.map((each) => ({ ...each, from: `${days[day]}T00:00:00Z` })));
  const reopened = async () =>
    rows(
      `SELECT indicator, reason, to_char(lower(r) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "from"
       FROM sync_reopened, unnest(ranges) r ORDER BY 1`,
    );
  const daraIsReopened = ['reintegration', 'under18'].map((indicator) => ({
    ...{ indicator, reason: 'ID_FREED', from: SECOND.from },
  }));

  const other = { type_of_case: 'child_at_risk_1' };
  const sokha = (changes: object) => record('sokha', { ...other, ...onDay(0), ...changes });
  const ways: [how: string, lost: RequestResult][] = [
    ['is disabled', result([sokha({ enabled: false })])],
    ['drops it', result([sokha(of(['its own']))])],
    ['is too old now', result([sokha({ age: 18 })], { indicator: 'leavers' })],
    [
      'hands it on to a third child',
      result([sokha(of([])), record('bopha', { ...onDay(0), ...of(['shared']) })]),
    ],
  ];

  test.each(ways)('is fetched again once its holder %s', async (how, lost) => {
    await write(batch([result([record('sokha', { ...other, ...of(['shared']) })])]));
    await write(batch([result([dara('shared')])]));
    expect(await taken()).toEqual([isTaken(0, idOf('sokha'))]);

    const { next } = await write(dayOf(0, lost));
    expect(await reopened()).toEqual(daraIsReopened);
    expect(await taken()).toEqual([]);
    expect(next?.requests).toContainEqual({ indicator: 'reintegration', ...SECOND });

    // Read again it is loaded, or waits for whoever has it now; nothing is reopened for that.
    const again = { ...SECOND, coveredTo: '2026-05-03T08:00:01Z' };
    const both = ['reintegration', 'under18'] as const;
    await write(
      batch(both.map((indicator, n) => result(n ? [] : [dara('shared')], { indicator, ...again }))),
    );
    const [holder] = await rows("SELECT case_id FROM services WHERE unique_id = 'shared'");
    const isMoved = how.startsWith('hands');
    expect(holder).toEqual({ case_id: isMoved ? 'case-bopha' : 'case-dara' });
    expect(await taken()).toEqual(isMoved ? [isTaken(0, idOf('bopha'))] : []);
    expect(await reopened()).toEqual([]);
  });

  test('is loaded where its holder turns out to be too old in the same batch', async () => {
    await write(batch([result([record('sokha', { ...other, ...of(['shared']) })])]));
    await write(
      dayOf(
        0,
        result([record('dara', { ...onDay(0), ...of(['shared']) })]),
        result([sokha({ age: 18 })], { indicator: 'leavers' }),
      ),
    );
    expect(await services()).toEqual([{ unique_id: 'shared', case_id: 'case-dara' }]);
    expect(await taken()).toEqual([]);
  });

  test('is named by its place, and each of two waits for its own holder', async () => {
    const two = [
      record('sokha', { ...other, ...of(['of sokha']) }),
      record('bopha', of(['of bopha'])),
    ];
    const bad = { unique_id: null };
    const all = [bad, ...['of sokha', 'its own', 'of bopha'].map((unique_id) => ({ unique_id }))];
    await write(batch([result(two)]));
    await write(batch([result([record('dara', { ...LATER, services_section: all })])]));
    const missing = {
      ...{ primero_id: idOf('dara'), field: 'services_section[0].unique_id' },
      ...{ reason: 'MISSING', held_by: null },
    };
    const waits = [isTaken(1, idOf('sokha')), isTaken(3, idOf('bopha'))];
    expect(await taken()).toEqual([missing, ...waits]);
    await write(dayOf(0, result([record('bopha', { ...onDay(0), enabled: false })])));
    expect(await reopened()).toEqual(daraIsReopened);
    expect(await taken()).toEqual([missing, waits[0]]);
  });

  test('stays as it is where its holder changes and gives nothing up', async () => {
    await write(batch([result([record('sokha', of(['shared'])), record('bopha', of(['x']))])]));
    await write(batch([result([dara('shared')])]));
    const before = await rows('SELECT xmin::text FROM sync_rejects');
    const more = record('sokha', { ...onDay(0), ...of(['shared', 'another']) });
    const less = record('bopha', { ...onDay(0), ...of([]) });
    await write(dayOf(0, result([more, less])));
    expect(await reopened()).toEqual([]);
    expect(await rows('SELECT xmin::text FROM sync_rejects')).toEqual(before);
  });

  test('is no matter of a child that waits for a case_id: that stays taken', async () => {
    const shared = { ...LATER, case_id_display: 'case-sokha' };
    await write(batch([result([record('sokha'), record('dara', shared)])]));
    await write(dayOf(0, result([record('sokha', { ...onDay(0), ...of([]) })])));
    expect(await reopened()).toEqual([]);
    expect(await taken()).toMatchObject([{ reason: 'CASE_ID_TAKEN', held_by: idOf('sokha') }]);
  });
});
