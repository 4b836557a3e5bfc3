import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import { type Chain, startChain } from '../support/chain.ts';
import { describeOna } from '../support/ona.ts';

/**
 * What a sync costs, counted: numbers that do not depend on the machine. `npm run bench` has the times.
 * What a plain port costs: 2 requests and a run for each 500 cases, 12 KB a case.
 */
const CASES = 6000;

describeOna(
  'a sync of 6,000 cases',
  (ona) => {
    let primero: Primero;
    let chain: Chain;
    let statements: number;
    beforeEach(async () => {
      statements = 0;
      primero = await startPrimero({ cases: CASES, seed: 3 });
      chain = await startChain(
        { primero, ona },
        {
          log: ({ text, source, step }) => {
            if (source === 'adaptor' && step === 'upsert-cases' && /succeeded, rowCount/.test(text))
              statements += 1;
          },
        },
      );
    });
    afterEach(async () => {
      await chain.close();
      await primero.close();
    });

    const batches = () =>
      chain.runs.filter(({ steps }) => steps.some(({ id }) => id === 'upsert-cases'));
    const stateBytes = () =>
      batches().map(({ steps }) => steps.find(({ id }) => id === 'get-cases')!.bytes);
    /** Where each row's version is, and which transaction wrote it. */
    const versions = async () => {
      const { rows } = await ona.query<{ versions: string }>(
        `SELECT md5(string_agg(version, ',' ORDER BY version)) AS versions FROM (
           SELECT concat('c', ctid, xmin) AS version FROM cases
           UNION ALL SELECT concat('s', ctid, xmin) FROM services
         ) all_rows`,
      );
      return rows[0]!.versions;
    };

    test('takes few runs, requests and statements, and state that Core keeps', async () => {
      await chain.sync();
      const { rows } = await ona.query<{ n: number }>('SELECT count(*)::integer AS n FROM cases');
      const held = rows[0]!.n;
      const runs = batches().length;
      const state = stateBytes();
      expect(runs).toBeLessThanOrEqual(Math.ceil(held / 2000));
      expect(primero.requests.length).toBeLessThanOrEqual(runs * 5 + 5);
      expect(statements / runs).toBeLessThanOrEqual(9);
      expect(Math.max(...state)).toBeLessThan(2_000_000);
      expect(state.reduce((sum, bytes) => sum + bytes, 0) / held).toBeLessThan(700);
    });

    test('asks for the mapped fields alone, in pages of 1,000 at most', async () => {
      await chain.sync();
      for (const { query } of primero.requests) {
        expect(query.fields).toBeDefined();
        expect(Number(query.per)).toBeLessThanOrEqual(1000);
      }
    });

    test('walked again it writes no row, with as many statements at most', async () => {
      await chain.sync();
      const before = await versions();
      statements = 0;
      const first = batches().length;
      await chain.sync({
        backfill: {
          from: '1970-01-01T00:00:00Z',
          to: new Date(Date.now() - 660_000).toISOString().replace(/\.\d+/, ''),
        },
      });
      const again = batches().slice(first);
      expect(statements / again.length).toBeLessThanOrEqual(13);
      expect(await versions()).toBe(before);
    });
  },
  { only: 'PostgreSQL' },
);
