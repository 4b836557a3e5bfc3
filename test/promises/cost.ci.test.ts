import { expect, onTestFinished, test } from 'vitest';
import { countsFor } from '../../jobs/indicators.ts';
import { FIELDS } from '../../jobs/mapping/fields.ts';
import type { CaseRecord } from '../../jobs/record.ts';
import FIND_CONFLICTS from '../../jobs/writing/find-conflicts.sql';
import FINISH_BATCH from '../../jobs/writing/finish-batch.sql';
import NOTE_BATCH from '../../jobs/writing/note-batch.sql';
import WRITE_CASES from '../../jobs/writing/write-cases.sql';
import WRITE_SERVICES from '../../jobs/writing/write-services.sql';
import type { Primero } from '../../local/primero/index.ts';
import {
  caseValues,
  children,
  hold,
  note,
  recordOf,
  SYNC,
  serviceValues,
} from '../jobs/writing/held.ts';
import { census } from '../support/census.ts';
import { createdAt } from '../support/children.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { testPrimero } from '../support/primero.ts';
import { startRecordingProxy } from './recording-proxy.ts';
import { heldIn, startWith, totalOf } from './world.ts';

/** Records that the two questions have to bring: those of both indicators twice. */
const toBring = ({ store }: Primero): number =>
  store
    .snapshot(({ enabled }) => enabled, ['age', 'type_of_case'])
    .reduce((all, record) => all + countsFor(record as unknown as CaseRecord).length, 0);

describeOna(
  'what a sync costs',
  (ona) => {
    test('of 20,000 children: at most six runs, few requests, hardly a record twice, and the same again where nothing has changed', async () => {
      const primero = await testPrimero({ cases: 22_500 });
      let served = 0;
      const proxy = await startRecordingProxy(primero.url, (body) => {
        served += body.split('"enabled":').length - 1;
      });
      onTestFinished(() => void proxy.close());
      const { sync } = census({
        primero: { credential: { ...primero.credential, url: proxy.url } },
        ona,
      });

      const costsOf = async () => {
        served = 0;
        const before = proxy.requests.length;
        const synced = await sync();
        expect(synced.last).toMatchObject({ state: 'complete', reason: null });
        return { synced, requests: proxy.requests.length - before, served };
      };
      const first = await costsOf();
      const held = await heldIn(ona);
      expect(held).toBeGreaterThan(19_000);
      expect(await findDifferences(primero, ona)).toEqual([]);
      const second = await costsOf();
      for (const { synced, requests, served: records } of [first, second]) {
        expect(synced.runs.length).toBeLessThanOrEqual(6);
        expect(requests).toBeLessThanOrEqual((2 * held) / 1000 + 35);
        expect(records).toBeLessThanOrEqual(1.05 * toBring(primero));
      }
      expect(totalOf(second.synced)).toMatchObject({ new: 0, changed: 0, unchanged: held });
    }, 300_000);

    /** What PostgreSQL says of statements: the blocks that they touch, and the bytes of its log that they write. */
    const explain = async (statements: [text: string, values: unknown[]][]) => {
      const costs = { blocks: 0, wal: 0 };
      for (const [text, values] of statements) {
        const { rows } = await ona.query(
          `EXPLAIN (ANALYZE, BUFFERS, WAL, FORMAT JSON) ${text.replace(/^--.*$/gm, '')}`,
          values,
        );
        const { Plan: plan } = rows[0]!['QUERY PLAN'][0];
        costs.blocks += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
        costs.wal += plan['WAL Bytes'];
      }
      return costs;
    };

    /** The statements that write a batch of one window. */
    const statementsFor = (
      batch: ReturnType<typeof children>,
      [from, to]: [from: string, to: string],
    ): [string, unknown[]][] => {
      const ids = batch.map(({ id }) => id);
      const none = Array.from({ length: 8 }, () => []);
      const { owners, services, values } = serviceValues(batch);
      return [
        [FIND_CONFLICTS, [ids, batch.map(({ row }) => row!.case_id), owners, services]],
        [WRITE_CASES, caseValues(batch)],
        [WRITE_SERVICES, values],
        [NOTE_BATCH, [SYNC, 1, ids, [from], [to], ['{}'], true, ids, ...none]],
        [FINISH_BATCH, [SYNC, 1, 2, '[]', '{}', 'under way', null, 0, null, []]],
      ];
    };

    test('of 4,000 unchanged children: less than 10 KB of PostgreSQL’s log, 100 KB for 40,000', async () => {
      const records = Array.from({ length: 4000 }, (_, number) =>
        recordOf(number, { created_at: createdAt(number) }),
      );
      await hold(ona, ...records);
      await ona.query('VACUUM ANALYZE');
      await note(ona);
      const statements = statementsFor(children(...records), [createdAt(0), createdAt(4000)]);
      const { wal } = await explain(statements);
      expect(wal).toBeGreaterThan(0);
      expect(wal).toBeLessThan(10_000);
    });

    /** Blocks that a batch of 200 children touches where ONA holds so many. */
    const blocksAmong = async (held: number): Promise<number> => {
      await ona.reset();
      await ona.query(
        `INSERT INTO cases (case_id, primero_id, primero_created_at)
         SELECT 'case-' || n, ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid,
                timestamptz '2026-01-01 00:00Z' + n * interval '1 minute'
         FROM generate_series(0, $1::integer - 1) AS n`,
        [held],
      );
      await ona.query("INSERT INTO case_indicators SELECT primero_id, 'under18', now() FROM cases");
      await ona.query('VACUUM ANALYZE');
      await note(ona);
      const batch = Array.from({ length: 200 }, (_, n) =>
        recordOf(500 + n, { created_at: createdAt(500 + n) }),
      );
      const window: [string, string] = [createdAt(500), createdAt(700)];
      return (await explain(statementsFor(children(...batch), window))).blocks;
    };

    test('of one window: the same among 100,000 children and among 300,000', async () => {
      const [few, many] = [await blocksAmong(100_000), await blocksAmong(300_000)];
      expect(few).toBeGreaterThan(500);
      // An index of three times as many may have a level more; whatever went through all of them would touch three times as many.
      expect(many).toBeLessThan(few * 1.7);
    });
  },
  { only: 'PostgreSQL' },
);

describeOna('what is asked', (ona) => {
  test('one getCases is one request, and names the mapped fields alone', async () => {
    const primero = await startWith(50);
    await census({ primero, ona }).sync();
    const pages = primero.requests.filter(({ query }) => query.order_by === 'created_at');
    expect(pages).toHaveLength(2);
    // Forms and lists say nothing of any case.
    const lists = ['/api/v2/forms', '/api/v2/lookups'];
    const ofCases = primero.requests.filter(({ path }) => !lists.includes(path));
    expect(ofCases.length).toBe(primero.requests.length - 2);
    for (const { query } of ofCases)
      for (const field of query.fields!.split(',')) expect(FIELDS).toContain(field);
  });

  test('one request more for each 100 children that ONA holds for no indicator, within the bound', async () => {
    const primero = await startWith(700);
    const { sync } = census({ primero, ona });
    await sync();
    for (let number = 0; number < 300; number += 1)
      primero.store.update(number, { changes: { age: 30, type_of_case: 'x' } });
    await sync();
    const begun = primero.requests.length;
    expect((await sync()).last.state).toBe('complete');
    expect(primero.requests.length - begun).toBeLessThanOrEqual((2 * 700) / 1000 + 35 + 3);
  });
});
