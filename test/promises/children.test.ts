import { afterEach, expect, test } from 'vitest';
import { toSecond } from '../../jobs/lib/time.ts';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import { type Chain, startChain } from '../support/chain.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { readAll } from './whole-database.ts';

const REINTEGRATION = 'children_undergoing_reintegration_55427';
const MINUTE = 60_000;

describeOna('children', (ona) => {
  let primero: Primero;
  let chain: Chain;
  const start = async (cases: number, seed = 4) => {
    primero = await startPrimero({ cases, seed, until: Date.now() - 60 * MINUTE });
    chain = await startChain({ primero, ona });
  };
  afterEach(async () => {
    await chain.close();
    await primero.close();
  });

  const again = () => chain.sync({ cursor: '2026-06-01T00:00:00Z' });
  const rows = async (sql: string, values?: unknown[]) => (await ona.query(sql, values)).rows;
  /** Changes of now are in no window yet: these are dated so that the next sync brings them. */
  let seconds = 0;
  const justNow = () => Date.now() - 20 * MINUTE + 1000 * ++seconds;
  const put = (id: string, fields: Record<string, unknown>) =>
    primero.store.put(
      { id, record_state: true, age: 9, sex: 'female', registration_date: '2026-01-09', ...fields },
      justNow(),
    );

  const FIRST = '11111111-0000-4000-8000-00000d41f17d';
  const SECOND = '22222222-0000-4000-8000-00000d41f17d';

  test('two children with one display id: neither overwrites the other, and the reject is reported', async () => {
    await start(60);
    put(FIRST, {
      case_id_display: 'd41f17d',
      sex: 'female',
      services_section: [{ unique_id: 'of-first' }],
    });
    put(SECOND, {
      case_id_display: 'd41f17d',
      sex: 'male',
      services_section: [{ unique_id: 'of-second' }],
    });
    const held = () =>
      rows(
        "SELECT primero_id::text, sex, unique_id FROM cases JOIN services USING (case_id) WHERE case_id = 'd41f17d'",
      );
    const { summary } = await chain.sync();
    expect(summary).toMatchObject({ complete: true, rejects: 1 });
    const first = [{ primero_id: FIRST, sex: 'Female', unique_id: 'of-first' }];
    expect(await held()).toEqual(first);
    expect(await rows('SELECT primero_id::text, reason, held_by::text FROM sync_rejects')).toEqual([
      { primero_id: SECOND, reason: 'CASE_ID_TAKEN', held_by: FIRST },
    ]);

    put(SECOND, { case_id_display: 'd41f17d', sex: 'male', age: 12 });
    expect((await again()).summary.complete).toBe(true);
    expect(await held()).toEqual(first);

    // Once its place is free, the other child is loaded: by the same sync.
    const cursor = toSecond(justNow());
    primero.store.disable(primero.store.indexOf(FIRST)!, justNow());
    expect((await chain.sync({ cursor })).summary.complete).toBe(true);
    expect(await held()).toMatchObject([{ primero_id: SECOND, sex: 'Male' }]);
    expect(await rows('SELECT * FROM sync_rejects')).toEqual([]);
  });

  const OTHER = 'child_at_risk_1';
  const ways: [how: string, lose: (store: Primero['store'], index: number, at: number) => void][] =
    [
      ['is disabled', (store, index, at) => store.disable(index, at)],
      ['drops it', (store, index, at) => store.dropService(index, at)],
      ['turns 18', (store, index, at) => store.turn18(index, at)],
      ['is deleted for good', (store, index) => store.deleteForGood(index)],
    ];

  test.each(ways)(
    'two children with one service: the other has it, in the same sync, once its holder %s',
    async (_, lose) => {
      await start(60);
      const both = [FIRST, SECOND].map((id, n) =>
        put(id, {
          ...{ case_id_display: `twin-${n}`, type_of_case: OTHER },
          services_section: [{ unique_id: 'shared', service_type: 'counselling' }],
        }),
      );
      const holder = async () =>
        (await rows("SELECT case_id FROM services WHERE unique_id = 'shared'")).map(
          ({ case_id }) => case_id,
        );
      expect((await chain.sync()).summary).toMatchObject({ complete: true, rejects: 1 });
      expect(await holder()).toEqual(['twin-0']);
      expect(
        await rows(
          'SELECT primero_id::text, scope, field, reason, held_by::text FROM sync_rejects',
        ),
      ).toEqual([
        {
          ...{ primero_id: SECOND, scope: 'service', field: 'services_section[0].unique_id' },
          ...{ reason: 'SERVICE_ID_TAKEN', held_by: FIRST },
        },
      ]);
      // From here on neither is asked for again.
      const cursor = toSecond(justNow() + 1000);
      lose(primero.store, both[0]!, justNow() + 1000);
      expect((await chain.sync({ cursor })).summary.complete).toBe(true);
      expect(await holder()).toEqual(['twin-1']);
      expect(await rows('SELECT * FROM sync_rejects')).toEqual([]);
      expect(await findDifferences(primero, ona)).toEqual([]);
    },
  );

  test('who leaves an indicator or is disabled is gone from it after the next sync, with the services', async () => {
    await start(60);
    const service = [{ unique_id: 'a service', service_type: 'counselling' }];
    const child = (n: number, type_of_case: string) =>
      put(`33333333-0000-4000-8000-00000000000${n}`, {
        case_id_display: `child-${n}`,
        type_of_case,
        services_section: [{ ...service[0], unique_id: `service-${n}` }],
      });
    const disabled = child(1, REINTEGRATION);
    const grown = child(2, 'child_at_risk_1');
    const grownReturnee = child(3, REINTEGRATION);
    const changed = child(4, REINTEGRATION);
    await chain.sync();
    const here = () =>
      rows(
        "SELECT case_id, in_reintegration AS r, in_under18 AS u, unique_id FROM cases LEFT JOIN services USING (case_id) WHERE case_id LIKE 'child-%' ORDER BY 1",
      );
    expect((await here()).map(({ unique_id }) => unique_id)).toEqual(
      [1, 2, 3, 4].map((n) => `service-${n}`),
    );
    primero.store.disable(disabled, justNow());
    primero.store.turn18(grown, justNow());
    primero.store.turn18(grownReturnee, justNow());
    primero.store.setType(changed, 'child_at_risk_1', justNow());
    expect((await again()).summary.complete).toBe(true);
    expect(await here()).toEqual([
      { case_id: 'child-2', r: false, u: false, unique_id: null },
      { case_id: 'child-3', r: true, u: false, unique_id: 'service-3' },
      { case_id: 'child-4', r: false, u: true, unique_id: 'service-4' },
    ]);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  const BAD = '44444444-0000-4000-8000-000000000001';

  test('one bad record of 1,000 is rejected with its reason, and the rest is loaded; with over 5 % nothing is written', async () => {
    await start(1000);
    put(BAD, { registration_date: 'in the dry season' });
    const { summary } = await chain.sync();
    expect(summary.complete).toBe(true);
    expect(await rows('SELECT * FROM sync_rejects WHERE primero_id = $1', [BAD])).toMatchObject([
      { scope: 'case', field: 'registration_date', reason: 'NOT_A_DATE', in_under18: true },
    ]);
    expect(await rows('SELECT * FROM cases WHERE primero_id = $1', [BAD])).toEqual([]);
    expect(await findDifferences(primero, ona)).toEqual([]);

    const before = await readAll(ona);
    for (let n = 100; n < 150; n += 1) {
      const id = `55555555-0000-4000-8000-000000000${n}`;
      put(id, { case_id_display: `bad-${n}`, ...(n < 111 && { age: 9, registration_date: 'no' }) });
    }
    await expect(again()).rejects.toThrow(
      /^TOO_MANY_REJECTS: 12 of \d+ records were rejected \(registration_date NOT_A_DATE: 12\)/,
    );
    expect(await readAll(ona)).toEqual(before);
  });
});
