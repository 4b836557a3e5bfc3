import { expect, test } from 'vitest';
import type { CaseRow } from '../../../../jobs/lib/rows.ts';
import { toRecordArrays, WRITE_RECORDS } from '../../../../jobs/lib/sql/write-records.ts';
import { type Child, idOf } from '../../../support/batches.ts';
import { describeBoth } from '../../../support/ona.ts';

const TIME = '2026-05-01T08:00:00.250Z';
const IDENTITY = { primero_updated_at: TIME, in_reintegration: false, in_under18: true };

describeBoth('replacing services', (ona) => {
  const hold = async (child: Child, services: string[], time = TIME) => {
    await ona.query(
      `INSERT INTO cases (case_id, primero_id, primero_updated_at, in_reintegration, in_under18)
       VALUES ($1, $2, $3, false, true)`,
      [child, idOf(child), time],
    );
    await leave(child, services);
  };
  const leave = (caseId: string, services: string[]) =>
    ona.query('INSERT INTO services (unique_id, case_id) SELECT unnest($1::text[]), $2', [
      services,
      caseId,
    ]);
  /** What the records of a batch say: each child's services. */
  const replace = async (said: Partial<Record<Child, string[]>>) => {
    const children = Object.keys(said) as Child[];
    const cases = children.map(
      (child): CaseRow => ({
        indicator: 'under18',
        row: { ...IDENTITY, case_id: child, primero_id: idOf(child) },
        services: said[child]!.map((unique_id) => ({ unique_id })),
      }),
    );
    const { rows } = await ona.query(WRITE_RECORDS, ['sync', 1, ...toRecordArrays(cases)]);
    const { removed, written, taken } = rows[0]!;
    return { removed, written, taken };
  };
  const leftOut = (of: Child, heldBy: Child) => ({
    ...{ primero_id: idOf(of), unique_id: 'a', held_by: idOf(heldBy) },
  });
  const held = async () =>
    (
      await ona.query<{ held: string }>(
        "SELECT case_id || ': ' || string_agg(unique_id, ' ' ORDER BY unique_id) AS held FROM services GROUP BY case_id ORDER BY case_id",
      )
    ).rows.map((row) => row.held);

  test('writes what is new, removes what is gone, and leaves the rest untouched', async () => {
    await hold('sokha', ['a', 'b']);
    await hold('dara', ['c']);
    const versions = 'SELECT unique_id, xmin::text FROM services WHERE unique_id IN ($1, $2)';
    const before = (await ona.query(versions, ['b', 'c'])).rows;
    expect(await replace({ sokha: ['b', 'd'] })).toEqual({ removed: 1, written: 1, taken: null });
    expect(await held()).toEqual(['dara: c', 'sokha: b d']);
    expect((await ona.query(versions, ['b', 'c'])).rows).toEqual(before);
  });

  test('removes a service that has no unique_id, as a table made by hand may', async () => {
    await ona.query('ALTER TABLE services DROP CONSTRAINT services_pkey');
    await ona.query('ALTER TABLE services ALTER COLUMN unique_id DROP NOT NULL');
    await ona.query('CREATE UNIQUE INDEX ON services (unique_id)');
    await hold('sokha', ['a']);
    await ona.query("INSERT INTO services (case_id) VALUES ('sokha')");
    expect(await replace({ sokha: ['a'] })).toEqual({ removed: 1, written: 0, taken: null });
    expect((await ona.query('SELECT unique_id FROM services')).rows).toEqual([{ unique_id: 'a' }]);
  });

  test('removes all services of a case that has none any more', async () => {
    await hold('sokha', ['a', 'b']);
    expect(await replace({ sokha: [] })).toEqual({ removed: 2, written: 0, taken: null });
    expect(await held()).toEqual([]);
  });

  test('leaves a case alone whose newest record is another, or that another child has', async () => {
    await hold('sokha', ['a'], '2026-06-01T00:00:00Z');
    await hold('bopha', ['b']);
    await ona.query('UPDATE cases SET primero_id = $1 WHERE case_id = $2', [idOf('chan'), 'bopha']);
    const said = { sokha: ['new'], bopha: ['newer'] };
    expect(await replace(said)).toEqual({ removed: 0, written: 0, taken: null });
    expect(await held()).toEqual(['bopha: b', 'sokha: a']);
  });

  test('a service that another case has is left out, and named by its child', async () => {
    await hold('sokha', ['a']);
    await hold('dara', []);
    expect(await replace({ dara: ['a', 'b'] })).toEqual({
      ...{ removed: 0, written: 1, taken: [leftOut('dara', 'sokha')] },
    });
    expect(await held()).toEqual(['dara: b', 'sokha: a']);
  });

  test('a service that one case gives up and another takes in the same batch moves', async () => {
    await hold('sokha', ['a', 'b']);
    await hold('dara', ['c']);
    expect(await replace({ sokha: ['b'], dara: ['a', 'c'] })).toEqual({
      ...{ removed: 1, written: 1, taken: null },
    });
    expect(await held()).toEqual(['dara: a c', 'sokha: b']);
  });

  test('of two children of a batch with one service the first has it, by case_id', async () => {
    await hold('sokha', []);
    await hold('dara', []);
    await hold('rith', ['a']);
    expect(await replace({ sokha: ['a'], dara: ['a'], rith: [] })).toEqual({
      ...{ removed: 1, written: 1, taken: [leftOut('sokha', 'dara')] },
    });
    expect(await held()).toEqual(['dara: a']);
  });

  test('what an earlier integration left without its case is taken over, or goes', async () => {
    await leave('nobody', ['a']);
    await leave('sokha', ['b']);
    await hold('sokha', []);
    expect(await replace({ sokha: ['a'] })).toEqual({ removed: 1, written: 1, taken: null });
    expect(await held()).toEqual(['sokha: a']);
  });

  test('what an earlier integration left with a case moves to the child that has it, if no record has taken the case over', async () => {
    await ona.query("INSERT INTO cases (case_id) VALUES ('sokha')");
    await leave('sokha', ['a']);
    expect(await replace({ dara: ['a'] })).toEqual({ removed: 0, written: 1, taken: null });
    expect(await replace({ sokha: ['a'] })).toMatchObject({ taken: [leftOut('sokha', 'dara')] });
    expect(await held()).toEqual(['dara: a']);
  });

  test('what an earlier integration left with a case stays with the child that takes it over in this batch', async () => {
    await ona.query("INSERT INTO cases (case_id) VALUES ('sokha')");
    await leave('sokha', ['a']);
    expect(await replace({ dara: ['a'], sokha: ['a'] })).toMatchObject({
      taken: [leftOut('dara', 'sokha')],
    });
    expect(await held()).toEqual(['sokha: a']);
  });

  test('what an earlier integration left under the case_id of a new child stays with it', async () => {
    await leave('sokha', ['a']);
    await hold('dara', []);
    expect(await replace({ dara: ['a'], sokha: ['a'] })).toEqual({
      ...{ removed: 0, written: 0, taken: [leftOut('dara', 'sokha')] },
    });
    expect(await held()).toEqual(['sokha: a']);
  });

  test('leaves alone the services of a case whose record does not say them', async () => {
    await hold('sokha', ['a']);
    const row = { ...IDENTITY, case_id: 'sokha', primero_id: idOf('sokha'), age: 5 };
    const silent: CaseRow = { indicator: 'under18', row, services: null };
    await ona.query(WRITE_RECORDS, ['sync', 1, ...toRecordArrays([silent])]);
    expect(await held()).toEqual(['sokha: a']);
  });
});
