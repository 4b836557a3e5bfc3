import { expect, test } from 'vitest';
import { firstMessage } from '../jobs/message/messages.ts';
import { census } from '../support/census.ts';
import { describeBoth, describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { readAll } from './whole-database.ts';
import { startWith, totalOf } from './world.ts';

describeBoth('a second run', (ona) => {
  test('changes no row of any child, service, indicator or reject', async () => {
    const primero = await startWith(200);
    primero.store.update(3, { changes: { registration_date: 'some day' } });
    primero.store.update(5, { changes: { case_id_display: 'case-6' } });
    const { sync } = census({ primero, ona });
    await sync();
    const kept = async () => {
      const { cases, services, case_indicators } = await readAll(ona, { versions: true });
      return { cases, services, case_indicators };
    };
    const before = await kept();
    const synced = await sync();
    expect(totalOf(synced)).toMatchObject({ new: 0, changed: 0, unchanged: 198, rejected: 2 });
    expect(await kept()).toEqual(before);
    expect(before.cases!.length).toBe(198);
  });
});

describeOna('the next sync', (ona) => {
  test.each([
    ['children that were deleted', 'DELETE FROM cases WHERE age = 9'],
    [
      'half of the children, with all that was known of them',
      'DELETE FROM cases WHERE right(case_id, 1) < $$5$$; DELETE FROM case_indicators WHERE primero_id NOT IN (SELECT primero_id FROM cases)',
    ],
    [
      'content that was changed',
      "UPDATE cases SET sex = 'by hand', province_current = NULL, age = 99",
    ],
    [
      'times that were changed',
      "UPDATE cases SET primero_created_at = '2001-01-01', primero_updated_at = '2099-01-01'",
    ],
    ['times that were taken away', 'UPDATE cases SET primero_created_at = NULL'],
    ['services that were deleted', 'DELETE FROM services'],
    ['services that were changed', "UPDATE services SET service_type = 'by hand'"],
    [
      'services that were given to another',
      'UPDATE services SET primero_id = (SELECT max(primero_id::text)::uuid FROM cases)',
    ],
    ['services whose child was taken away', 'UPDATE services SET primero_id = NULL'],
    ['indicators that were deleted', 'DELETE FROM case_indicators'],
    ['indicators that were ended', 'UPDATE case_indicators SET until = now()'],
    ['rows whose children were taken away', 'UPDATE cases SET primero_id = NULL'],
    ['case_ids that were changed', "UPDATE cases SET case_id = 'by hand ' || case_id"],
    ['a ledger that was emptied', 'DELETE FROM syncs'],
  ])('heals what a hand did to ONA: %s', async (_, hand) => {
    const primero = await startWith(40);
    primero.store.update(7, { changes: { age: 30, type_of_case: 'x' } });
    const { sync } = census({ primero, ona });
    await sync();
    await ona.query(hand);
    const { last, error } = await sync();
    expect(error).toBeNull();
    expect(last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('makes up for quarters that were missed and a chain that broke', async () => {
    const now = Date.now();
    const primero = await startWith(40);
    const { sync, batch } = census({ primero, ona });
    await sync();
    for (const seed of [1, 2, 3])
      primero.store.quarter({ seed, from: now - 1000, to: now, share: 0.2 });
    // The first message of a chain that was lost.
    expect((await batch(firstMessage({ takeOver: true, syncId: 'broken' }))).error).toBeNull();
    expect((await sync({ takeOver: true, acceptRemovals: 40 })).last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
  });
});
