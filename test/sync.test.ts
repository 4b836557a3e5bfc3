import { afterEach, expect, test } from 'vitest';
import { type Primero, startPrimero } from '../local/primero/index.ts';
import { type Chain, startChain } from './support/chain.ts';
import { describeBoth } from './support/ona.ts';
import { findDifferences } from './support/oracle.ts';

const MINUTE = 60_000;

describeBoth('a whole sync', (ona) => {
  let primero: Primero;
  let chain: Chain;
  afterEach(async () => {
    await chain.close();
    await primero.close();
  });

  const start = async (options: Parameters<typeof startPrimero>[0]) => {
    primero = await startPrimero(options);
    chain = await startChain({ primero, ona });
  };

  test.each(['2.9', '2.12', '2.14'] as const)(
    'brings over every case of Primero %s',
    async (family) => {
      await start({ cases: 3000, family, seed: 7 });
      const { summary } = await chain.sync();
      expect(summary.complete).toBe(true);
      const { reintegration, under18 } = summary.proof!;
      expect(reintegration?.held).toBe(reintegration?.expected);
      expect(under18?.held).toBe(under18?.expected);
      expect(under18?.held).toBeGreaterThan(2000);
      expect(await findDifferences(primero, ona)).toEqual([]);
    },
  );

  test('moves only what changed in the second quarter, and rewrites nothing in a third without changes', async () => {
    const now = Date.now();
    await start({ cases: 2000, until: now - 60 * MINUTE });
    const { summary: first } = await chain.sync();
    const cursor = { cursor: new Date(now - 60 * MINUTE).toISOString().replace(/\.\d+/, '') };
    primero.store.quarter({ seed: 5, from: now - 50 * MINUTE, to: now - 20 * MINUTE, share: 0.05 });
    await ona.query('UPDATE cases SET last_updated_date = NULL');
    await chain.sync(cursor);
    expect(await findDifferences(primero, ona)).toEqual([]);
    const { rows } = await ona.query(
      'SELECT count(last_updated_date)::int AS moved, count(*)::int AS all FROM cases',
    );
    expect(rows[0]?.moved).toBeGreaterThan(20);
    expect(rows[0]?.moved).toBeLessThan(Number(rows[0]?.all) * 0.15);

    await ona.query('UPDATE cases SET last_updated_date = NULL');
    const { summary: third } = await chain.sync(cursor);
    expect(third.complete).toBe(true);
    expect(third.syncId).not.toBe(first.syncId);
    const again = await ona.query('SELECT count(last_updated_date)::int AS moved FROM cases');
    expect(again.rows[0]?.moved).toBe(0);
  });
});
