import { afterEach, beforeEach, expect, test } from 'vitest';
import { toSecond } from '../../jobs/lib/time.ts';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import { outcomeOf } from '../support/chain.ts';
import { message } from '../support/messages.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { singleSteps } from './single-steps.ts';
import { readAll } from './whole-database.ts';

describeOna('crashes and doubles', (ona) => {
  let primero: Primero;
  beforeEach(async () => {
    primero = await startPrimero({ cases: 80 });
  });
  afterEach(() => primero.close());

  const wholeWindow = (syncId: string) => {
    const window = { from: '1970-01-01T00:00:00Z', to: toSecond(Date.now() - 600_000) };
    const requests = (['reintegration', 'under18'] as const).map((indicator) => ({
      indicator,
      ...window,
    }));
    return message({ syncId, window, requests });
  };

  test('a batch that is stopped before any of its operations has written all or nothing, and is whole when run again', async () => {
    const empty = await readAll(ona);
    const batch = await singleSteps({ primero, ona }).get(wholeWindow('crash'));
    let operations = 0;
    const found = new Set<string>();
    for (let last = 1; ; last += 1) {
      const controller = new AbortController();
      operations = 0;
      const log = ({ text }: { text: string }) => {
        if (!text.startsWith('Starting operation')) return;
        operations += 1;
        if (operations === last) controller.abort();
      };
      const stopping = singleSteps({ primero, ona }, { signal: controller.signal, log });
      const { ok } = await stopping.upsert(batch);
      const all = await readAll(ona);
      const { cases, services, sync_batches: lines } = all;
      if (cases!.length === 0) {
        expect(all).toEqual(empty);
        found.add('nothing');
      } else {
        expect(services!.length).toBeGreaterThan(0);
        expect(lines!.length).toBe(3);
        expect(await findDifferences(primero, ona)).toEqual([]);
        found.add('all');
        await ona.reset();
      }
      if (ok && operations < last) break;
    }
    expect(operations).toBeGreaterThan(20);
    expect(found).toEqual(new Set(['nothing', 'all']));
  });

  test('a message delivered twice and two syncs, all at the same time, write each case once', async () => {
    const steps = singleSteps({ primero, ona });
    const one = await steps.get(wholeWindow('one'));
    const two = await steps.get(wholeWindow('two'));
    const runs = await Promise.all([one, two, one, two].map((batch) => steps.upsert(batch)));
    const inserted = runs.map((run) => {
      const { reintegration, under18 } = outcomeOf(run).summary.indicators;
      return reintegration!.inserted + under18!.inserted;
    });
    const { rows } = await ona.query('SELECT count(*)::int AS count FROM cases');
    expect(inserted.sort((a, b) => a - b)).toEqual([0, 0, 0, rows[0]!.count]);
    expect(await findDifferences(primero, ona)).toEqual([]);
    const after = await readAll(ona, { versions: true });
    outcomeOf(await steps.upsert(one));
    const { sync_proofs: _, ...again } = await readAll(ona, { versions: true });
    expect(after).toMatchObject(again);
  });
});
