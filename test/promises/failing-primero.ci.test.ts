import { describe, expect, test } from 'vitest';
import type { Fault } from '../../local/primero/index.ts';
import { idOf } from '../jobs/message/messages.ts';
import { census, censusInRunner } from '../support/census.ts';
import { createdAt, putChild } from '../support/children.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { quickTimers } from '../support/quick-timers.ts';
import { readAll } from './whole-database.ts';
import { heldIn, startWith } from './world.ts';

const COMPLETE = { state: 'complete', reason: null };

describeOna('a Primero that fails is never a wrong number', (ona) => {
  /** Whether this request is one of every three: the first one, the fourth … */
  const oneOfThree = (_: unknown, n: number) => n % 3 === 1;

  test.each<[name: string, fault: Fault]>([
    ['429', { kind: 'status', status: 429, retryAfter: 2 }],
    ['503 with Retry-After', { kind: 'status', status: 503, retryAfter: 2, retryAfterAs: 'date' }],
    ['502 of a proxy', { kind: 'status', status: 502, body: 'html' }],
    ['HTML', { kind: 'html' }],
    ['half a body', { kind: 'cut' }],
    ['a body that is blank', { kind: 'blank' }],
    ['dropped connections', { kind: 'drop', midway: true }],
    ['half of the records', { kind: 'half' }],
    ['empty answers', { kind: 'empty' }],
    ['full totals without records', { kind: 'hollow' }],
  ])('%s to every third request, from the first one on: the sync is complete', async (_, fault) => {
    const primero = await startWith(60);
    const before = census({ primero, ona }, { batchBytes: 6000 });
    await before.sync();
    primero.store.disable(1);
    primero.store.deleteForGood(2);
    primero.faults.use((request, n) => (oneOfThree(request, n) ? fault : undefined));
    const { sync } = await censusInRunner({ primero, ona }, { globals: quickTimers().globals });
    const { last, error } = await sync();
    expect(error).toBeNull();
    expect(last).toMatchObject(COMPLETE);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('no answer for a minute, at first: the sync is complete', async () => {
    const primero = await startWith(60);
    primero.faults.next({ kind: 'hang' });
    const { sync } = await censusInRunner({ primero, ona }, { globals: quickTimers().globals });
    expect((await sync()).last).toMatchObject(COMPLETE);
  });

  describe('What does not pass is a clear failure, and changes nothing', () => {
    test.each<[code: string, name: string, fault: Fault]>([
      ['PRIMERO_UNAVAILABLE', 'maintenance', { kind: 'status', status: 503 }],
      ['PRIMERO_SIGN_IN', 'a wrong password', { kind: 'status', status: 401 }],
      ['PRIMERO_FORBIDDEN', 'no leave to see cases', { kind: 'status', status: 403 }],
      ['PRIMERO_BAD_ANSWER', 'HTML', { kind: 'html' }],
      ['PRIMERO_UNREACHABLE', 'no connection', { kind: 'drop' }],
      [
        'PRIMERO_FILTER_DROPPED',
        'filters that are dropped',
        { kind: 'ignore', params: ['age', 'type_of_case'] },
      ],
      [
        'PRIMERO_FILTER_DROPPED',
        'a state that is dropped',
        { kind: 'ignore', params: ['record_state'] },
      ],
      [
        'PRIMERO_ORDER_IGNORED',
        'an order that is ignored',
        { kind: 'ignore', params: ['order', 'order_by'] },
      ],
      ['PRIMERO_FILTER_DROPPED', 'ids that are dropped', { kind: 'ignore', params: ['id'] }],
      ['PRIMERO_IS_ANOTHER', 'a search that finds nothing', { kind: 'empty' }],
    ])('ends with %s: %s', async (code, _, fault) => {
      const primero = await startWith(0);
      for (let number = 0; number < 300; number += 1)
        putChild(primero, number, {
          age: number % 2 === 0 ? 9 : 30,
          record_state: number % 3 > 0,
          created_at: createdAt((number * 7) % 300),
        });
      await census({ primero, ona }).sync();
      const before = await readAll(ona, { versions: true });
      for (let number = 0; number < 300; number += 1) primero.store.update(number);
      primero.faults.use(({ query }) =>
        query.per === '1' && fault.kind === 'ignore' ? undefined : fault,
      );
      const { sync } = await censusInRunner({ primero, ona }, { globals: quickTimers().globals });
      const { error } = await sync();
      expect(error?.split(':')[0]).toBe(code);
      const { cases, services, case_indicators } = await readAll(ona, { versions: true });
      expect({ cases, services, case_indicators }).toEqual({
        cases: before.cases,
        services: before.services,
        case_indicators: before.case_indicators,
      });
      // Another sync heals it by itself.
      primero.faults.clear();
      expect((await census({ primero, ona }).sync()).last.state).toBe('complete');
      expect(await findDifferences(primero, ona)).toEqual([]);
    });

    test.each(['sex', 'services_section', 'protection_concerns', 'created_at'])(
      'a role that does not see %s any more: nothing is overwritten with nothing',
      async (field) => {
        const primero = await startWith(60);
        await census({ primero, ona }).sync();
        const { cases, services } = await readAll(ona, { versions: true });
        primero.role.hiddenFields.add(field);
        const { error } = await census({ primero, ona }).sync();
        expect(error).toMatch(
          field === 'created_at'
            ? /^PRIMERO_(FIELD_HIDDEN|FILTER_DROPPED)/
            : /^PRIMERO_FIELD_HIDDEN/,
        );
        expect(error).toContain(field);
        const after = await readAll(ona, { versions: true });
        expect({ cases: after.cases, services: after.services }).toEqual({ cases, services });
      },
    );
  });

  test('a proxy that answers 404 in Primero’s place removes nobody', async () => {
    const primero = await startWith(20);
    await census({ primero, ona }).sync();
    primero.store.deleteForGood(3);
    primero.faults.use(({ path }) =>
      path.includes(idOf(3)) ? { kind: 'status', status: 404, body: 'html' } : undefined,
    );
    const { sync } = await censusInRunner({ primero, ona }, { globals: quickTimers().globals });
    expect((await sync()).error).toMatch(
      /^PRIMERO_BAD_ANSWER: Something answered 404 in the place of Primero\./,
    );
    expect(await heldIn(ona)).toBe(20);
  });

  test('an index that is being built anew: the sync is not complete, and removes nobody', async () => {
    const primero = await startWith(100, { family: '2.9' });
    const { sync } = census({ primero, ona });
    await sync();
    primero.store.reindex(0.5);
    expect((await sync()).error).toMatch(
      /^PRIMERO_REINDEXING: Primero's search lacks \d+ children that its database has\./,
    );
    expect(await heldIn(ona)).toBe(100);
    primero.store.reindex();
    expect((await sync()).last).toMatchObject(COMPLETE);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('an index that was being built anew as the sync began: its total has grown, the sync is not complete', async () => {
    const primero = await startWith(100, { family: '2.9' });
    primero.store.reindex(0.5);
    let pages = 0;
    primero.onRequest((moment, { query }) => {
      if (moment === 'before' && query.order_by) pages += 1;
      if (pages === 2) primero.store.reindex();
    });
    expect((await census({ primero, ona }).sync()).error).toMatch(
      /^PRIMERO_REINDEXING: The total of under18 has grown while it was read\./,
    );
  });

  test('children that are missing from the index, a few, are found by their address', async () => {
    const primero = await startWith(100, { family: '2.9' });
    const { sync } = census({ primero, ona });
    await sync();
    for (const number of [1, 2, 3]) {
      primero.store.update(number, { changes: { sex: 'male' } });
      primero.store.hideFromIndex(number);
    }
    expect((await sync()).last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('ghosts are counted, and take nobody’s place', async () => {
    const primero = await startWith(300, { family: '2.9' });
    for (const minute of [0, 100, 299])
      primero.store.addGhosts(4, { createdAt: Date.parse(createdAt(minute)), age: 9, type: null });
    const synced = await census({ primero, ona }).sync();
    expect(synced.last).toMatchObject(COMPLETE);
    const ghosts = synced.summaries.reduce(
      (sum, each) => sum + each!.indicators.under18!.ghosts,
      0,
    );
    expect(ghosts).toBe(12);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });
});
