import { expect, test } from 'vitest';
import { migrate } from '../../local/ona/migrate.ts';
import type { Primero } from '../../local/primero/index.ts';
import { idOf } from '../jobs/message/messages.ts';
import { census } from '../support/census.ts';
import { putChild, REINTEGRATION } from '../support/children.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { heldIn, startWith, totalOf } from './world.ts';

const COMPLETE = { state: 'complete', reason: null };

describeOna('ids and columns', (ona) => {
  const rejects = async () =>
    (
      await ona.query(
        'SELECT primero_id, scope, field, reason, wanted FROM sync_rejects ORDER BY primero_id',
      )
    ).rows;
  const rename = ({ store }: Primero, number: number, case_id_display: string) =>
    store.update(number, { changes: { case_id_display } });
  const services = ({ store }: Primero, number: number, ...ids: string[]) =>
    store.update(number, {
      changes: { services_section: ids.map((unique_id) => ({ unique_id, service_type: 'x' })) },
    });

  /** What becomes of the ids of some children; ONA must have it all after the next sync. */
  test.each<[name: string, change: (primero: Primero) => void]>([
    ['a case_id that changed: its services follow', (primero) => rename(primero, 1, 'new')],
    [
      'two children that swapped their case_ids',
      (primero) => {
        rename(primero, 1, 'case-2');
        rename(primero, 2, 'case-1');
      },
    ],
    [
      'a case_id that was handed on along a chain',
      (primero) => {
        rename(primero, 1, 'new');
        rename(primero, 2, 'case-1');
        rename(primero, 9, 'case-2');
      },
    ],
    [
      'two services that were swapped',
      (primero) => {
        services(primero, 1, 'service-2');
        services(primero, 2, 'service-1');
      },
    ],
    [
      'a service that moved to another child',
      (primero) => {
        services(primero, 1);
        services(primero, 9, 'service-9', 'service-1');
      },
    ],
    [
      'the case_id of a child that is disabled, at another child',
      (primero) => {
        primero.store.disable(1);
        rename(primero, 9, 'case-1');
      },
    ],
    [
      'the service of a child that is deleted, at another child',
      (primero) => {
        primero.store.deleteForGood(1);
        services(primero, 9, 'service-1');
      },
    ],
  ])('%s', async (_, change) => {
    const primero = await startWith(12);
    // Each child lies in another batch.
    const { sync } = census({ primero, ona }, { batchBytes: 1000 });
    await sync();
    change(primero);
    const synced = await sync();
    expect(synced.last).toMatchObject(COMPLETE);
    expect(await rejects()).toEqual([]);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('two children with one case_id: neither overwrites the other, and the reject names the id', async () => {
    const primero = await startWith(5);
    const { sync } = census({ primero, ona });
    await sync();
    rename(primero, 1, 'case-2');
    putChild(primero, 20, { case_id_display: 'case-3' });
    await sync();
    const taken = { scope: 'case', field: 'case_id_display', reason: 'CASE_ID_TAKEN' };
    expect(await rejects()).toEqual([
      { primero_id: idOf(1), ...taken, wanted: 'case-2' },
      { primero_id: idOf(20), ...taken, wanted: 'case-3' },
    ]);
    const { rows } = await ona.query('SELECT case_id FROM cases ORDER BY case_id');
    expect(rows.map(({ case_id }) => case_id)).toEqual([0, 1, 2, 3, 4].map((n) => `case-${n}`));
    // Once the holder goes, the other gets the id, in the same sync.
    primero.store.disable(3);
    await sync();
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('rows of an earlier integration are taken over by their children, and the others stay', async () => {
    const primero = await startWith(5);
    await ona.query(
      `INSERT INTO cases (case_id, sex) VALUES ('case-1', 'old'), ('nobody', 'old');
       INSERT INTO services (unique_id, case_id) VALUES ('service-1', 'case-1'), ('gone', 'case-1'), ('x', 'nobody')`,
    );
    const { last } = await census({ primero, ona }).sync();
    expect(last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
    const { rows } = await ona.query('SELECT case_id FROM cases WHERE primero_id IS NULL');
    expect(rows).toEqual([{ case_id: 'nobody' }]);
    const left = await ona.query('SELECT unique_id FROM services WHERE primero_id IS NULL');
    expect(left.rows).toEqual([{ unique_id: 'x' }]);
  });

  const notTaken = (number: number, scope = 'case', field = 'record') => ({
    primero_id: idOf(number),
    scope,
    field,
    reason: 'NOT_TAKEN',
    wanted: null,
  });

  test.each<[name: string, column: string, fields: object]>([
    ['too short', 'placement_type varchar(6)', { type_of_placement: 'more than six' }],
    ['not null', 'placement_type text NOT NULL', { type_of_placement: null }],
    [
      'checked',
      "placement_type text CHECK (placement_type <> 'none')",
      { type_of_placement: 'none' },
    ],
    [
      'of another type',
      'age smallint CHECK (age < 100)',
      { age: 150, type_of_case: REINTEGRATION },
    ],
  ])(
    'a value that a column of ONA does not take is a reject, and all others are loaded: %s',
    async (_, column, fields) => {
      const primero = await startWith(0);
      for (let number = 0; number < 12; number += 1)
        putChild(primero, number, {
          type_of_placement: 'x',
          ...([3, 7].includes(number) && fields),
        });
      await ona.clear();
      await ona.query(`CREATE TABLE cases (case_id text PRIMARY KEY, ${column})`);
      await migrate(ona.credentials);
      const synced = await census({ primero, ona }).sync();
      expect(synced.last.state).toBe('complete');
      expect(await rejects()).toEqual([notTaken(3), notTaken(7)]);
      expect(await heldIn(ona)).toBe(10);
      expect(totalOf(synced)).toMatchObject({ new: 10, rejected: 2 });
    },
  );

  test('a service that a column of ONA does not take is a reject: what ONA holds of it stays', async () => {
    const primero = await startWith(5);
    const { sync } = census({ primero, ona });
    await sync();
    await ona.query("ALTER TABLE services ADD CHECK (service_type <> 'bad')");
    const bad = { unique_id: 'service-1', service_type: 'bad' };
    const good = { unique_id: 'good', service_type: 'x' };
    primero.store.update(1, { changes: { services_section: [bad, good] } });
    expect((await sync()).last.state).toBe('complete');
    expect(await rejects()).toEqual([notTaken(1, 'service', 'services_section[0].unique_id')]);
    const { rows } = await ona.query(
      'SELECT unique_id, service_type FROM services WHERE primero_id = $1 ORDER BY 1',
      [idOf(1)],
    );
    expect(rows).toEqual([
      { unique_id: 'good', service_type: 'x' },
      { unique_id: 'service-1', service_type: 'x' },
    ]);
  });

  test('one bad record is rejected with its reason, and is loaded once it is right', async () => {
    const primero = await startWith(12);
    primero.store.update(3, { changes: { registration_date: 'some day' } });
    const { sync } = census({ primero, ona });
    await sync();
    expect(await rejects()).toMatchObject([{ field: 'registration_date', reason: 'NOT_A_DATE' }]);
    primero.store.update(3, { changes: { registration_date: '2026-01-01' } });
    await sync();
    expect(await rejects()).toEqual([]);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('more rejects than ten and five in a hundred: the sync is not complete, and removes nobody', async () => {
    const primero = await startWith(100);
    const { sync } = census({ primero, ona });
    await sync();
    for (let number = 0; number < 11; number += 1)
      primero.store.update(number, { changes: { registration_date: 'some day' } });
    primero.store.disable(50);
    const { error } = await sync();
    expect(error).toMatch(
      /^TOO_MANY_REJECTS: 11 of the 99 children that were read were rejected\./,
    );
    expect(await heldIn(ona)).toBe(100);
  });
});
