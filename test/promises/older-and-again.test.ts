import { afterEach, expect, test } from 'vitest';
import type { Outcome } from '../../jobs/lib/operations/state.ts';
import { toSecond } from '../../jobs/lib/time.ts';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import { outcomeOf } from '../support/chain.ts';
import { message } from '../support/messages.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { shiftedClock } from './shifted-clock.ts';
import { singleSteps } from './single-steps.ts';
import { readAll } from './whole-database.ts';

const MINUTE = 60_000;

/** A sync of one batch, up to ten minutes ago by the clock. */
const upToNow = (now: number, syncId: string) => {
  const window = { from: '1970-01-01T00:00:00Z', to: toSecond(now - 10 * MINUTE) };
  const requests = (['reintegration', 'under18', 'leavers'] as const).map((indicator) => ({
    indicator,
    ...window,
  }));
  return message({ syncId, window, requests });
};

describeOna('older, and again', (ona) => {
  let primero: Primero;
  afterEach(() => primero?.close());

  test('a batch run again from its saved state after a newer one changes nothing, at once or later', async () => {
    const clock = shiftedClock(-60 * MINUTE);
    primero = await startPrimero({ cases: 300, now: clock.now });
    const steps = singleSteps({ primero, ona }, { globals: clock.globals });
    const old = await steps.get(upToNow(clock.now(), 'old'));
    outcomeOf(await steps.upsert(old));

    const changed = primero.store.snapshot(
      ({ enabled, age }) => enabled && age !== null && age < 9,
    );
    const indexes = changed.map(({ id }) => primero.store.indexOf(id as string)!);
    expect(indexes.length).toBeGreaterThan(50);
    for (const index of indexes) primero.store.update(index, { changes: { sex: 'male', age: 10 } });
    for (const index of indexes.slice(0, 9)) primero.store.dropService(index);
    clock.shift = 0;
    outcomeOf(await steps.upsert(await steps.get(upToNow(clock.now(), 'new'))));
    // Each run counts anew, so the proofs are left out.
    const content = async () => {
      const { sync_proofs: _, ...tables } = await readAll(ona, { versions: true });
      return tables;
    };
    const newest = await content();
    expect(newest.cases!.length).toBeGreaterThan(100);

    // As new as a batch may be, it changes nothing.
    clock.shift = -60 * MINUTE;
    const { summary } = outcomeOf(await steps.upsert(old));
    for (const counts of Object.values(summary.indicators))
      expect(counts).toMatchObject({ inserted: 0, updated: 0, removed: 0 });
    expect(await content()).toEqual(newest);

    // A case that is gone since would come back by it: when another batch can know, it is refused.
    clock.shift = 0;
    for (const index of indexes) primero.store.disable(index, clock.now() - 15 * MINUTE);
    outcomeOf(await steps.upsert(await steps.get(upToNow(clock.now(), 'newer'))));
    const without = await content();
    expect(without.cases!.length).toBeLessThan(newest.cases!.length);
    expect((await steps.upsert(old)).failed?.code).toBe('BATCH_OUTDATED');
    expect(await content()).toEqual(without);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });
});

// A server's log holds what other databases write at the same time; PGlite's is this test's own.
describeOna(
  'again, in the log',
  (ona) => {
    let primero: Primero;
    afterEach(() => primero?.close());

    test('a batch run twice writes under a tenth of the log that it wrote at first', async () => {
      primero = await startPrimero({ cases: 1500, seed: 3 });
      const steps = singleSteps({ primero, ona });
      const saved = await steps.get(upToNow(Date.now(), 'twice'));
      const run = async (): Promise<{ bytes: number; outcome: Outcome }> => {
        const before = await ona.query('SELECT pg_current_wal_insert_lsn() AS lsn');
        const outcome = outcomeOf(await steps.upsert(saved));
        const { rows } = await ona.query(
          'SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1)::integer AS bytes',
          [before.rows[0]!.lsn],
        );
        return { bytes: rows[0]!.bytes, outcome };
      };
      const first = await run();
      expect(first.outcome.summary.indicators.under18?.inserted).toBeGreaterThan(600);
      const again = await run();
      for (const counts of Object.values(again.outcome.summary.indicators))
        expect(counts).toMatchObject({ inserted: 0, updated: 0, removed: 0 });
      expect(again.outcome.summary.services).toEqual({ written: 0, removed: 0 });
      const { rows } = await ona.query(
        "SELECT (pg_relation_size('cases') + pg_relation_size('services'))::integer AS bytes",
      );
      // The first run logged at least what now lies in the tables.
      expect(first.bytes).toBeGreaterThan(rows[0]!.bytes * 0.8);
      expect(again.bytes).toBeLessThan(first.bytes / 10);
      expect(again.bytes).toBeLessThan(rows[0]!.bytes / 10);
    });
  },
  { only: 'PGlite' },
);
