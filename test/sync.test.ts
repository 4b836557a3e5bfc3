import { afterEach, expect, test } from 'vitest';
import { type Primero, startPrimero } from '../local/primero/index.ts';
import { census } from './support/census.ts';
import { describeBoth } from './support/ona.ts';
import { findDifferences } from './support/oracle.ts';

const MINUTE = 60_000;

describeBoth('a whole sync', (ona) => {
  let primero: Primero;
  afterEach(() => primero.close());

  test.each(['2.9', '2.12', '2.14'] as const)(
    'brings over every child of Primero %s',
    async (family) => {
      primero = await startPrimero({ cases: 3000, family, seed: 7 });
      const { last, error } = await census({ primero, ona }).sync();
      expect(error).toBeNull();
      expect(last).toMatchObject({ state: 'complete', reason: null });
      expect(await findDifferences(primero, ona)).toEqual([]);
      const { rows } = await ona.query('SELECT count(*)::integer AS held FROM cases');
      expect(rows[0]!.held).toBeGreaterThan(2000);
    },
  );

  test('writes only what changed in a quarter, and nothing where nothing has changed', async () => {
    const now = Date.now();
    primero = await startPrimero({ cases: 2000, until: now - 60 * MINUTE });
    const { sync } = census({ primero, ona });
    await sync();
    const { changed, created } = primero.store.quarter({
      seed: 5,
      from: now - 50 * MINUTE,
      to: now - 20 * MINUTE,
      share: 0.05,
    });
    const second = await sync();
    expect(second.last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
    const written = second.summaries.reduce(
      (sum, each) => sum + each!.all.new + each!.all.changed,
      0,
    );
    expect(written).toBeGreaterThan(20);
    expect(written).toBeLessThanOrEqual(changed + created);
    const third = await sync();
    expect(third.last.state).toBe('complete');
    const { rows } = await ona.query('SELECT 1 FROM cases WHERE sync_id = $1', [third.last.syncId]);
    expect(rows).toEqual([]);
  });
});
