import { expect, test } from 'vitest';
import type { CaseRow } from '../../../../jobs/lib/rows.ts';
import { toRecordArrays, WRITE_RECORDS } from '../../../../jobs/lib/sql/write-records.ts';
import { type Child, idOf } from '../../../support/batches.ts';
import { describeBoth } from '../../../support/ona.ts';

describeBoth('writing cases', (ona) => {
  const hour = (hours: number) => `2026-05-01T0${hours}:00:00Z`;
  /** A record of a child, updated at an hour, under a case_id. */
  const row = (child: Child, hours: number, case_id: string): CaseRow => ({
    indicator: 'under18',
    row: {
      ...{ primero_id: idOf(child), primero_updated_at: hour(hours), case_id },
      ...{ in_reintegration: false, in_under18: true, age: hours },
    },
    services: null,
  });
  const write = async (...cases: CaseRow[]) => {
    const { rows } = await ona.query(WRITE_RECORDS, ['sync', 1, ...toRecordArrays(cases)]);
    const outcomes: [outcome: string, count: number][] = rows[0]!.cases.map(
      ({ outcome, count }: { outcome: string; count: number }) => [outcome, count],
    );
    return { ...Object.fromEntries(outcomes), clashes: rows[0]!.clashes };
  };
  const held = async () =>
    (await ona.query('SELECT case_id, primero_id, age FROM cases ORDER BY case_id')).rows;

  test('of two new children with one case_id it has the one that was updated first', async () => {
    expect(await write(row('sokha', 3, 'x'), row('dara', 2, 'x'), row('bopha', 4, 'y'))).toEqual({
      ...{ inserted: 2, clash: 1 },
      clashes: [{ primero_id: idOf('sokha'), held_by: idOf('dara') }],
    });
    expect(await held()).toEqual([
      { case_id: 'x', primero_id: idOf('dara'), age: 2 },
      { case_id: 'y', primero_id: idOf('bopha'), age: 4 },
    ]);
  });

  test('of two that were updated at once, the one whose id comes first', async () => {
    await write(row('dara', 2, 'x'), row('sokha', 2, 'x'));
    expect(await held()).toEqual([{ case_id: 'x', primero_id: idOf('sokha'), age: 2 }]);
  });

  test('one that ONA has keeps it, though the other was updated before', async () => {
    await write(row('sokha', 3, 'x'));
    expect(await write(row('dara', 2, 'x'), row('sokha', 4, 'x'))).toEqual({
      ...{ updated: 1, clash: 1 },
      clashes: [{ primero_id: idOf('dara'), held_by: idOf('sokha') }],
    });
    expect(await held()).toEqual([{ case_id: 'x', primero_id: idOf('sokha'), age: 4 }]);
  });

  test('of two, one takes over the row that an earlier integration left', async () => {
    await ona.query(
      "INSERT INTO cases (case_id, age, primero_updated_at) VALUES ('x', 1, '2026-06-01')",
    );
    expect(await write(row('sokha', 3, 'x'), row('dara', 2, 'x'))).toMatchObject({
      ...{ updated: 1, clash: 1 },
    });
    expect(await held()).toEqual([{ case_id: 'x', primero_id: idOf('dara'), age: 2 }]);
  });

  test('an older record under the case_id that the child once had changes nothing', async () => {
    await write(row('sokha', 3, 'x'));
    expect(await write(row('sokha', 2, 'y'))).toEqual({ outdated: 1, clashes: null });
    expect(await held()).toEqual([{ case_id: 'x', primero_id: idOf('sokha'), age: 3 }]);
  });

  test('an older record under the same case_id changes nothing either, and an equal one is unchanged', async () => {
    await write(row('sokha', 3, 'x'));
    expect(await write(row('sokha', 2, 'x'))).toEqual({ outdated: 1, clashes: null });
    expect(await write(row('sokha', 3, 'x'))).toEqual({ unchanged: 1, clashes: null });
    expect(await held()).toEqual([{ case_id: 'x', primero_id: idOf('sokha'), age: 3 }]);
  });
});
