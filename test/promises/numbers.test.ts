import { expect, test } from 'vitest';
import { census } from '../support/census.ts';
import { putChild } from '../support/children.ts';
import { describeOna } from '../support/ona.ts';
import { heldIn, startWith, totalOf } from './world.ts';

describeOna('the numbers of a sync', (ona) => {
  test('add up: what was read, what became of it, and what ONA held before and holds after', async () => {
    const primero = await startWith(120);
    const { sync } = census({ primero, ona }, { batchBytes: 10_000 });
    await sync();
    for (const number of [1, 2, 3]) primero.store.disable(number);
    for (const number of [4, 5]) primero.store.update(number, { changes: { sex: 'male' } });
    for (const number of [7, 8])
      primero.store.update(number, { changes: { age: 30, type_of_case: 'x' } });
    primero.store.update(10, { changes: { case_id_display: 'case-11' } });
    primero.store.update(13, { changes: { registration_date: 'some day' } });
    for (const number of [200, 201]) putChild(primero, number);
    const before = await heldIn(ona);
    const synced = await sync();
    const total = totalOf(synced);
    expect(total).toMatchObject({ new: 2, changed: 2, rejected: 2, left: 2, removed: 3 });
    expect(total.read - total.inSeveral).toBe(
      total.new + total.changed + total.unchanged + total.rejected,
    );
    expect(before + total.new - total.removed).toBe(await heldIn(ona));
    const { rows } = await ona.query(
      'SELECT held_before::integer, held_after::integer, removed FROM syncs WHERE sync_id = $1',
      [synced.last.syncId],
    );
    expect(rows).toEqual([{ held_before: before, held_after: await heldIn(ona), removed: 3 }]);
  });

  test('of each indicator are those of Primero, ghosts aside', async () => {
    const primero = await startWith(120, { family: '2.9' });
    primero.store.addGhosts(3, { createdAt: Date.UTC(2026, 0, 1), age: 9, type: null });
    const synced = await census({ primero, ona }).sync();
    const sum = (name: string, of: 'read' | 'ghosts') =>
      synced.summaries.reduce((all, each) => all + each!.indicators[name]![of], 0);
    const { rows } = await ona.query('SELECT last_totals FROM syncs');
    const { under18, reintegration } = rows[0]!.last_totals;
    expect(sum('under18', 'read') + sum('under18', 'ghosts')).toBe(under18.dated);
    expect(sum('reintegration', 'read')).toBe(reintegration.all);
    expect({ under18: under18.all, reintegration: reintegration.all }).toEqual({
      under18: 123,
      reintegration: 40,
    });
  });

  test('remaining count down to nothing', async () => {
    const primero = await startWith(120);
    const { summaries } = await census({ primero, ona }, { batchBytes: 5_000 }).sync();
    const remaining = summaries.flatMap((each) =>
      each!.remaining === null ? [] : each!.remaining,
    );
    expect(remaining.length).toBeGreaterThan(2);
    expect(remaining).toEqual([...remaining].sort((a, b) => b - a));
    expect(remaining.at(-1)).toBe(0);
  });

  test('complete is said of a census alone that looked at every child, and never after a failure', async () => {
    const primero = await startWith(30);
    const { sync } = census({ primero, ona });
    primero.faults.use(({ query }) =>
      query.created_at?.startsWith('1900') && query.order_by
        ? { kind: 'status', status: 403 }
        : undefined,
    );
    expect((await sync()).last).toBeNull();
    const states = async () =>
      (await ona.query('SELECT state, kind FROM syncs ORDER BY began_at')).rows;
    expect(await states()).toEqual([{ state: 'under way', kind: 'census' }]);
    primero.faults.clear();
    await sync();
    expect(await states()).toEqual([
      { state: 'superseded', kind: 'census' },
      { state: 'complete', kind: 'census' },
    ]);
  });
});
