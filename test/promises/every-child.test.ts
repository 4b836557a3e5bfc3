import { expect, test } from 'vitest';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import { idOf } from '../jobs/message/messages.ts';
import { census } from '../support/census.ts';
import { createdAt, putChild, REINTEGRATION } from '../support/children.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { startWith, totalOf } from './world.ts';

const FAMILIES = ['2.9', '2.12', '2.14'] as const;
const COMPLETE = { state: 'complete', reason: null };

describeOna('every child is looked at', (ona) => {
  test.each(FAMILIES)(
    'whatever happens in Primero %s while a sync runs, nobody is lost',
    async (family) => {
      const now = Date.now();
      const primero = await startPrimero({ cases: 1500, family, until: now - 3_600_000 });
      try {
        const { sync } = census({ primero, ona }, { batchBytes: 200_000 });
        await sync();
        let changes = 0;
        const alive = new Set(
          primero.store.snapshot(({ enabled }) => enabled).map(({ id }) => id as string),
        );
        const { rows: before } = await ona.query('SELECT primero_id FROM cases');
        const stop = primero.onRequest((moment) => {
          if (moment !== 'during') return;
          changes += 1;
          const index = (changes * 37) % 1500;
          if (!primero.store.exists(index)) return;
          const id = primero.store.field(index, 'id') as string;
          if (changes % 9 === 0) alive.delete(id);
          if (changes % 9 === 0) primero.store.disable(index);
          else if (changes % 9 === 1) primero.store.create();
          else if (changes % 9 === 2) primero.store.setCreatedAt(index, now - changes * 86_400_000);
          else if (changes % 9 === 3) primero.store.turn18(index);
          else primero.store.update(index);
        });
        const { last } = await sync();
        stop();
        expect(last.state).toBe('complete');
        expect(changes).toBeGreaterThan(15);
        const { rows: after } = await ona.query('SELECT primero_id FROM cases');
        const held = new Set(after.map(({ primero_id }) => primero_id));
        const lost = before.filter(({ primero_id: id }) => alive.has(id) && !held.has(id));
        expect(lost).toEqual([]);
        expect((await sync()).last).toMatchObject(COMPLETE);
        expect(await findDifferences(primero, ona)).toEqual([]);
      } finally {
        await primero.close();
      }
    },
  );

  /** What becomes of three children, and what the next sync must make of it. */
  test.each<[name: string, change: (primero: Primero) => void]>([
    [
      'a change that is dated back',
      ({ store }) => store.update(1, { at: 0, changes: { sex: 'male' } }),
    ],
    [
      'a Primero that was restored: everything is earlier',
      (primero) =>
        void putChild(primero, 1, { sex: 'male', last_updated_at: '2020-01-01T00:00:00Z' }),
    ],
    [
      'a time of creation that is edited',
      ({ store }) => store.setCreatedAt(1, Date.parse('2019-01-01')),
    ],
    [
      'a child that was created long ago, and enters now',
      (primero) => void putChild(primero, 77, { created_at: '1999-01-01T00:00:00Z' }),
    ],
    ['a new service', ({ store }) => store.addService(1)],
    [
      'services that are gone, with no change of the child',
      ({ store }) =>
        store.put({ id: idOf(1), services_section: [], last_updated_at: createdAt(1) }),
    ],
    ['a child that turns 18', ({ store }) => store.turn18(1)],
    ['a child that counts again', ({ store }) => store.setAge(2, 17)],
    ['a child that is disabled', ({ store }) => store.disable(1)],
    ['a child that is deleted for good', ({ store }) => store.deleteForGood(1)],
  ])('is brought over by the next sync: %s', async (_, change) => {
    const primero = await startWith(20);
    primero.store.setAge(2, 30);
    const { sync } = census({ primero, ona });
    await sync();
    change(primero);
    expect((await sync()).last).toMatchObject(COMPLETE);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('more children of one second than a page holds, and than others have', async () => {
    const primero = await startWith(10, { family: '2.9', largestPage: 100 });
    for (let number = 100; number < 450; number += 1)
      putChild(primero, number, { created_at: createdAt(5), last_updated_at: createdAt(5) });
    expect((await census({ primero, ona }).sync()).last).toMatchObject(COMPLETE);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('children without a time of creation are named: they are in no window', async () => {
    const primero = await startWith(10);
    putChild(primero, 20, { created_at: undefined });
    const { last } = await census({ primero, ona }).sync();
    expect(last).toMatchObject({
      state: 'complete',
      reason: 'Complete but for 1 under18 without a time of creation.',
    });
  });

  test('an answer that is short under its own total is noticed by the totals, and read again', async () => {
    const primero = await startWith(50);
    // The search shows a part of a window, and says that this is all.
    let pages = 0;
    primero.onRequest((moment, { query }) => {
      if (moment !== 'before') return;
      if (query.order_by === 'created_at') pages += 1;
      const isPartial = query.order_by === 'created_at' && pages <= 2;
      primero.role.sees = isPartial ? ({ index }) => index >= 5 : undefined;
    });
    const { last } = await census({ primero, ona }).sync();
    expect(last).toMatchObject(COMPLETE);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('parts at once: each child is read once, and who finishes last completes the sync', async () => {
    const primero = await startWith(300);
    const synced = await census({ primero, ona }).sync({ parts: 3 });
    expect(new Set(synced.messages.map(({ part }) => part))).toEqual(new Set([1, 2, 3]));
    expect(synced.summaries.filter((each) => each?.state === 'complete')).toHaveLength(1);
    expect(synced.last).toMatchObject(COMPLETE);
    expect(totalOf(synced)).toMatchObject({ new: 300, inSeveral: 100, read: 400 });
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('changes only brings over what changed, and the next census is the proof', async () => {
    const primero = await startWith(30);
    const { sync } = census({ primero, ona });
    await sync();
    primero.store.update(3, { changes: { sex: 'male' } });
    putChild(primero, 40, { last_updated_at: new Date().toISOString() });
    primero.store.disable(5);
    const changedSince = new Date(Date.now() - 3_600_000).toISOString().replace(/\.\d+/, '');
    const { last } = await sync({ changedSince });
    expect(last).toMatchObject({
      state: 'complete',
      reason: `Changes since ${changedSince} brought over.`,
    });
    expect(await findDifferences(primero, ona)).toEqual([`${idOf(5)}: is disabled, and held`]);
    await sync();
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('a child that a family of SQL shows twice, in both indicators, is one row', async () => {
    const primero = await startWith(0);
    putChild(primero, 1, { type_of_case: REINTEGRATION });
    const synced = await census({ primero, ona }).sync();
    expect(totalOf(synced)).toMatchObject({ read: 2, inSeveral: 1, new: 1 });
  });
});
