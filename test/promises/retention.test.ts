import { expect, test } from 'vitest';
import type { Primero, PrimeroOptions } from '../../local/primero/index.ts';
import { idOf } from '../jobs/message/messages.ts';
import { census } from '../support/census.ts';
import { describeBoth } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { heldIn, startWith } from './world.ts';

/** Of a quarter long over, so that a child counts in it whenever it stopped counting. */
const COUNTED = { consent_reporting: true, registration_date: '2020-02-02' };
const GROWN_UP = { age: 30, type_of_case: 'x' };

describeBoth('a child that counts for no indicator any more', (ona) => {
  const isHeld = async (number: number) =>
    (await ona.query('SELECT 1 FROM cases WHERE primero_id = $1', [idOf(number)])).rowCount === 1;

  /** So many months pass in ONA since a child stopped counting. */
  const pass = (number: number, months: number) =>
    ona.query(
      'UPDATE case_indicators SET until = until - make_interval(months => $2) WHERE primero_id = $1',
      [idOf(number), months],
    );

  /** Twenty children, of whom one grew up; the sync after that is done. */
  const startWithOneGrownUp = async (number = 5, options: PrimeroOptions = {}) => {
    const primero = await startWith(20, options);
    for (let child = 0; child < 20; child += 1) primero.store.update(child, { changes: COUNTED });
    const { sync } = census({ primero, ona });
    await sync();
    primero.store.update(number, { changes: GROWN_UP });
    await sync();
    expect(await isHeld(number)).toBe(true);
    return { primero, sync };
  };

  const reasonsOf = async (syncId: string) =>
    (
      await ona.query<{ text: string }>(
        `SELECT concat_ws(' ', reason, gained, lost) AS text FROM figure_changes
         WHERE sync_id = $1 AND cut = 'quarter' AND indicator = '4.11a' ORDER BY 1`,
        [syncId],
      )
    ).rows.map(({ text }) => text);

  const askedAbout = (primero: Primero, number: number) =>
    primero.requests.filter(
      ({ path, query }) => query.id?.includes(idOf(number)) || path.includes(idOf(number)),
    ).length;

  test('goes with its services when the census completes after its time is over, and the figures say why', async () => {
    const { primero, sync } = await startWithOneGrownUp();
    await pass(5, 25);
    // Its record cannot be loaded any more; and what the same batch has written itself is told once.
    primero.store.update(5, { changes: { registration_date: 'some day' } });
    primero.store.disable(8);
    const { last } = await sync();
    expect(last).toMatchObject({ state: 'complete' });
    expect(await isHeld(5)).toBe(false);
    const left = await ona.query(
      `SELECT primero_id FROM services WHERE primero_id = $1 UNION ALL
       SELECT primero_id FROM case_indicators WHERE primero_id = $1 UNION ALL
       SELECT primero_id FROM sync_rejects WHERE primero_id = $1`,
      [idOf(5)],
    );
    expect(left.rows).toEqual([]);
    expect(await reasonsOf(last.syncId)).toEqual(['disabled 0 1', 'retention 0 1']);
    const { rows } = await ona.query(
      'SELECT held_before::integer, held_after::integer, removed, expired FROM syncs WHERE sync_id = $1',
      [last.syncId],
    );
    expect(rows).toEqual([{ held_before: 20, held_after: 18, removed: 1, expired: 1 }]);
    expect(await heldIn(ona)).toBe(18);
  });

  test('stays until then, and for as long as config/ says', async () => {
    const { sync } = await startWithOneGrownUp();
    await pass(5, 23);
    await sync();
    expect(await isHeld(5)).toBe(true);
    await ona.query('UPDATE retention SET months = 22');
    await sync();
    expect(await isHeld(5)).toBe(false);
  });

  test('is not asked about any more, and comes back if it counts again', async () => {
    const { primero, sync } = await startWithOneGrownUp();
    await pass(5, 25);
    await sync();
    const asked = askedAbout(primero, 5);
    expect(asked).toBeGreaterThan(0);
    await sync();
    expect(askedAbout(primero, 5)).toBe(asked);
    primero.store.update(5, { changes: { age: 16 } });
    const { last } = await sync();
    expect(await isHeld(5)).toBe(true);
    expect(await reasonsOf(last.syncId)).toEqual(['came_back 1 0']);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('stays if it counts again in that very census, or for another indicator all the time', async () => {
    const { primero, sync } = await startWithOneGrownUp(6, { family: '2.9' });
    primero.store.update(9, { changes: { age: 30 } });
    await sync();
    // It is asked about by id: no window brings it.
    primero.store.hideFromIndex(9);
    await pass(6, 25);
    await pass(9, 25);
    primero.store.update(6, { changes: { age: 16 } });
    await sync();
    expect([await isHeld(6), await isHeld(9)]).toEqual([true, true]);
  });

  test('has its time since its row was last written, where ONA does not know that it ever counted', async () => {
    const { sync } = await startWithOneGrownUp();
    await ona.query('DELETE FROM case_indicators WHERE primero_id = $1', [idOf(5)]);
    await sync();
    expect(await isHeld(5)).toBe(true);
    await ona.query(
      "UPDATE cases SET last_updated_date = last_updated_date - interval '25 months' WHERE primero_id = $1",
      [idOf(5)],
    );
    await sync();
    expect(await isHeld(5)).toBe(false);
  });

  test('goes, too, where the user in Primero may not see it any more', async () => {
    const { primero, sync } = await startWithOneGrownUp();
    await pass(5, 25);
    primero.role.sees = ({ age }) => age !== GROWN_UP.age;
    const { last } = await sync();
    expect(last).toMatchObject({ state: 'complete', reason: expect.stringMatching(/unseen/) });
    expect(await isHeld(5)).toBe(false);
  });

  test('stays in a sync that is no census', async () => {
    const { sync } = await startWithOneGrownUp();
    await pass(5, 25);
    const { last } = await sync({ takeOver: true, changedSince: '2020-01-01T00:00:00Z' });
    expect(last).toMatchObject({ state: 'complete' });
    expect(await isHeld(5)).toBe(true);
  });
});
