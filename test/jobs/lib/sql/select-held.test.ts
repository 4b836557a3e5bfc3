import { expect, test } from 'vitest';
import {
  HELD_COLUMNS,
  SEEN_TIME_COLUMNS,
  SELECT_HELD,
} from '../../../../jobs/lib/sql/select-held.ts';
import { toArrays } from '../../../../jobs/lib/sql/unnest.ts';
import { type Child, idOf } from '../../../support/batches.ts';
import { describeOna } from '../../../support/ona.ts';

describeOna('what ONA holds before a batch', (ona) => {
  const TIME = '2026-05-01T08:00:00.250Z';
  const seen = (child: Child) => ({ primero_id: idOf(child), primero_updated_at: TIME });
  const select = async (...children: Child[]) => {
    const batch = toArrays(SEEN_TIME_COLUMNS, children.map(seen));
    return (await ona.query(SELECT_HELD, ['sync', 3, true, ...batch])).rows[0]!;
  };
  const NONE = [null, null];

  test('is nothing at first', async () => {
    const held = await select('sokha');
    expect(held).toMatchObject({ any: false, reintegration: false, under18: false });
    expect(held).toMatchObject({ superseded: false, others: NONE, rejects: null });
    expect([held.cases.slice(0, 2), held.services.slice(0, 2)]).toEqual([NONE, NONE]);
  });

  test('is whether there is any case, and of which indicator', async () => {
    await ona.query("INSERT INTO cases (case_id, in_under18) VALUES ('x', true)");
    expect(await select()).toMatchObject({ any: true, reintegration: false, under18: true });
  });

  test('is whether a later batch of the sync is done', async () => {
    const done = async (batch: number) => {
      await ona.query(
        `INSERT INTO sync_batches (sync_id, batch, mode, window_to, fetched_at, indicator, covered,
                                   fetched, inserted, updated, unchanged, removed, rejected)
         VALUES ('sync', $1, 'sync', now(), now(), 'under18', 'empty', 0, 0, 0, 0, 0, 0)`,
        [batch],
      );
      return (await select()).superseded;
    };
    expect(await done(3)).toBe(false);
    expect(await done(4)).toBe(true);
  });

  test('is the content and services of a case that is as new, the id of another, and who has rejects', async () => {
    await ona.query(
      `INSERT INTO cases (case_id, primero_id, primero_updated_at, in_under18, age, registration_date)
       VALUES ('with', $1, $5, true, 9, '2026-01-09'), ('without', $2, $5, false, NULL, NULL),
              ('older', $3, '2026-01-01', true, 1, NULL), ('elsewhere', $4, $5, true, 1, NULL)`,
      [idOf('sokha'), idOf('dara'), idOf('bopha'), idOf('chan'), TIME],
    );
    await ona.query(`
      INSERT INTO services (unique_id, case_id, service_type, service_date)
      VALUES ('a', 'with', 'Counselling', '2026-01-09 10:20:40.5'), ('b', 'with', NULL, NULL), ('c', 'older', NULL, NULL)`);
    await ona.query(
      `INSERT INTO sync_rejects (primero_id, scope, field, reason, in_reintegration, in_under18, primero_updated_at, sync_id, batch)
       VALUES ($1, 'case', 'age', 'NOT_AN_AGE', true, true, $2, 'x', 1)`,
      [idOf('rith'), TIME],
    );
    const { others, cases, services, rejects } = await select('sokha', 'dara', 'bopha', 'rith');
    /** Lists of columns as the rows that they are of, in the order of their first value. */
    const rowsOf = (lists: unknown[][]) =>
      lists[0]!.map((_, place) => lists.map((list) => list[place])).sort();
    const content = (id: string, values: Record<string, unknown>) => [
      id,
      ...HELD_COLUMNS.map(({ name }) => values[name] ?? null),
    ];
    const sokha = { case_id: 'with', age: 9, registration_date: '2026-01-09', in_under18: true };
    expect(rowsOf(cases)).toEqual(
      [
        content(idOf('sokha'), sokha),
        content(idOf('dara'), { case_id: 'without', in_under18: false }),
      ].sort(),
    );
    expect(rowsOf(services)).toEqual([
      ['with', 'a', 'Counselling', '2026-01-09T10:20:40.5'],
      ['with', 'b', null, null],
    ]);
    expect(others).toEqual([[idOf('bopha')], ['older']]);
    expect(rejects).toEqual([idOf('rith')]);
  });
});
