import { expect, test } from 'vitest';
import { startWith } from '../promises/world.ts';
import { census } from '../support/census.ts';
import { putChild } from '../support/children.ts';
import { describeBoth } from '../support/ona.ts';
import { unexplained } from './unexplained.ts';

describeBoth('the figures of syncs', (ona) => {
  test('are kept when a census completes, and each change since the one before has its reason', async () => {
    const primero = await startWith(120);
    const { sync } = census({ primero, ona }, { batchBytes: 10_000 });
    const { store } = primero;
    const agree = (number: number) =>
      store.update(number, { changes: { consent_reporting: true } });
    for (let number = 0; number < 100; number += 1) agree(number);
    const first = (await sync()).last.syncId;
    for (const number of [1, 2, 3]) store.disable(number);
    store.update(4, { changes: { sex: 'male' } });
    store.update(5, { changes: { sex: 'female' } });
    for (const number of [7, 8]) store.update(number, { changes: { age: 30, type_of_case: 'x' } });
    for (const number of [9, 12, 15])
      store.update(number, { changes: { registration_date: '2019-05-05' } });
    for (const number of [16, 17, 18, 19])
      store.update(number, { changes: { consent_reporting: true } });
    for (const number of [20, 21, 22])
      store.update(number, { changes: { consent_reporting: false } });
    store.update(13, { changes: { registration_date: 'some day' } });
    const [own, other] = [23, 24].map((number) => String(store.record(number).case_id_display));
    store.update(23, { changes: { case_id_display: other } });
    store.update(24, { changes: { case_id_display: own } });
    const created_at = new Date().toISOString();
    putChild(primero, 200, { created_at, consent_reporting: true });
    putChild(primero, 201, { consent_reporting: true });
    const second = (await sync()).last.syncId;

    const kept = await ona.query('SELECT sync_id FROM figure_sets ORDER BY kept_at');
    expect(kept.rows.map(({ sync_id }) => sync_id)).toEqual([first, second]);
    expect(await unexplained(ona)).toEqual([]);
    const isAsNow = `SELECT indicator, measure, cut, period, key1, key2, children FROM figures WHERE sync_id = '${second}'
      EXCEPT SELECT * FROM figures_now`;
    expect((await ona.query(isAsNow)).rows).toEqual([]);
    const { rows } = await ona.query<{ reason: string }>(
      'SELECT DISTINCT reason FROM figure_changes WHERE sync_id = $1 ORDER BY reason',
      [second],
    );
    const reasons = rows.map(({ reason }) => reason);
    expect(reasons).not.toContain('changed_in_ona');
    expect(reasons).toEqual(
      expect.arrayContaining([
        'came_back',
        'consent',
        'date',
        'disabled',
        'registered_late',
        'sex',
      ]),
    );
  });

  test('are stored once if nothing has changed, and each census still has them', async () => {
    const primero = await startWith(30);
    const { sync } = census({ primero, ona });
    const stored = async () =>
      (await ona.query<{ sync_id: string }>('SELECT DISTINCT sync_id FROM figure_rows ORDER BY 1'))
        .rows;
    const figuresOf = async (syncId: string) =>
      (
        await ona.query<{ cut: string; children: string }>(
          `SELECT indicator, measure, cut, period, key1, key2, children FROM figures WHERE sync_id = $1
           ORDER BY indicator, measure, cut, period, key1, key2`,
          [syncId],
        )
      ).rows;
    const first = (await sync()).last.syncId;
    const second = (await sync()).last.syncId;
    expect(await stored()).toEqual([{ sync_id: first }]);
    expect(await figuresOf(second)).toEqual(await figuresOf(first));
    expect(await figuresOf(second)).not.toHaveLength(0);

    // A child that moves between two cells makes figures of their own, though the total is the same.
    primero.store.update(4, { changes: { registration_date: '2019-05-05' } });
    const third = (await sync()).last.syncId;
    expect(await stored()).toEqual([first, third].sort().map((sync_id) => ({ sync_id })));
    expect(await figuresOf(third)).not.toEqual(await figuresOf(first));
  });

  test('of a sync that is not complete, or not of all children, are not kept', async () => {
    const primero = await startWith(30);
    const { sync } = census({ primero, ona });
    await sync();
    primero.store.update(4, { changes: { consent_reporting: true } });
    await sync({ takeOver: true, changedSince: '2020-01-01T00:00:00Z' });
    expect((await ona.query('SELECT * FROM figure_sets')).rows).toHaveLength(1);
    expect(await unexplained(ona)).toEqual([]);
  });
});
