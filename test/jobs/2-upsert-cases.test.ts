import { expect, test } from 'vitest';
import type { Primero } from '../../local/primero/index.ts';
import { census, censusInRunner, type Synced } from '../support/census.ts';
import { createdAt, putChild, REINTEGRATION } from '../support/children.ts';
import { describeBoth } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { testPrimero } from '../support/primero.ts';
import { firstMessage, idOf } from './message/messages.ts';

const start = async (children: number): Promise<Primero> => {
  const primero = await testPrimero();
  for (let number = 0; number < children; number += 1)
    putChild(primero, number, {
      type_of_case: REINTEGRATION,
      services_section: [{ unique_id: `service-${number}`, service_type: 'x' }],
    });
  return primero;
};

const did = ({ summaries }: Synced) => summaries.map((summary) => summary?.did);

describeBoth('upsert-cases', (ona) => {
  const count = async (table: string) =>
    (await ona.query(`SELECT count(*)::integer AS n FROM ${table}`)).rows[0]!.n;

  test('as it is built, in the runtime’s sandbox, does as it does here', async () => {
    const primero = await start(30);
    const { sync } = await censusInRunner({ primero, ona });
    const { last, error } = await sync();
    expect(error).toBeNull();
    expect(last).toMatchObject({ state: 'complete', reason: null });
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('notes a sync in its first batch, and writes no child', async () => {
    const primero = await start(5);
    const { state } = await census({ primero, ona }).batch(firstMessage());
    expect(state.data).toMatchObject({
      summary: { did: 'began', state: 'under way' },
      next: [{ part: 1, batch: 2, from: '1900-01-01T00:00:00Z', ask: [] }],
    });
    expect([await count('syncs'), await count('cases')]).toEqual([1, 0]);
  });

  test('ends in its first batch where another sync is under way, and asked Primero for totals alone', async () => {
    const primero = await start(5);
    const { batch, sync } = census({ primero, ona });
    await batch(firstMessage());
    const asked = primero.requests.length;
    const second = await sync({});
    expect(did(second)).toEqual(['nothing']);
    expect(second.last.reason).toMatch(/^Sync \S+ is under way: wait until it is over/);
    expect(primero.requests.length - asked).toBe(asked);
  });

  test('ends in its first batch where this quarter has a complete census', async () => {
    const primero = await start(5);
    const { sync } = census({ primero, ona });
    await sync({});
    const second = await sync({});
    expect(did(second)).toEqual(['nothing']);
    expect(second.last.reason).toMatch(/^A census that began at .* is complete already\.$/);
  });

  test('writes a batch once: delivered again it posts the same messages, and later none', async () => {
    const primero = await start(5);
    const { batch, chain } = census({ primero, ona });
    const { messages } = await chain(firstMessage());
    expect(messages.length).toBeGreaterThan(1);
    await ona.reset();
    const first = await batch(messages[0]!);
    const again = await batch(messages[0]!);
    expect(again.state.data).toMatchObject({
      summary: { did: 'again' },
      next: (first.state.data as { next: object[] }).next,
    });
    await chain(messages[1]!);
    expect((await batch(messages[0]!)).state.data).toMatchObject({
      summary: { did: 'nothing' },
      next: [],
    });
  });

  test('keeps whoever left all indicators, up to date, and asks about it in each census', async () => {
    const primero = await start(5);
    const { sync } = census({ primero, ona });
    await sync();
    primero.store.update(1, { changes: { age: 30, type_of_case: 'x' } });
    const { summaries, last } = await sync();
    expect(summaries.reduce((sum, each) => sum + each!.left, 0)).toBe(1);
    expect(last.state).toBe('complete');
    const { rows } = await ona.query('SELECT age FROM cases WHERE primero_id = $1', [idOf(1)]);
    expect(rows).toEqual([{ age: 30 }]);
    primero.store.deleteForGood(1);
    await sync();
    expect(await findDifferences(primero, ona)).toEqual([]);
    expect(await count('cases')).toBe(4);
  });

  test('writes and notes nothing in a dry run, and says what it would', async () => {
    const primero = await start(5);
    const { batch } = census({ primero, ona });
    const { state } = await batch(firstMessage({ dryRun: true }));
    expect(state.data).toMatchObject({ summary: { did: 'wrote', all: { new: 5 } } });
    for (const table of ['cases', 'services', 'syncs', 'sync_batches', 'sync_windows'])
      expect([table, await count(table)]).toEqual([table, 0]);
  });

  test('of changes only writes what changed, and knows nobody as absent', async () => {
    const primero = await start(5);
    const { sync } = census({ primero, ona });
    await sync();
    primero.store.update(1, { at: Date.parse('2026-06-02T00:00:00Z'), changes: { sex: 'male' } });
    primero.store.disable(2, Date.parse('2026-06-02T00:00:00Z'));
    const { last, summaries } = await sync({ changedSince: '2026-06-01T00:00:00Z' });
    expect(last).toMatchObject({
      state: 'complete',
      reason: 'Changes since 2026-06-01T00:00:00Z brought over.',
    });
    expect(summaries.reduce((sum, each) => sum + each!.all.changed, 0)).toBe(1);
    expect(await count('cases')).toBe(5);
  });

  test('of a range of creation time reads that again, and removes nobody', async () => {
    const primero = await start(5);
    const { sync } = census({ primero, ona });
    await sync();
    await ona.query("UPDATE cases SET sex = 'by hand'");
    primero.store.deleteForGood(2);
    const second = (number: number) => createdAt(number).replace('.000', '');
    const { last } = await sync({ from: second(1), to: second(3) });
    expect(last).toMatchObject({ state: 'complete', reason: 'Read again what was asked for.' });
    const { rows } = await ona.query("SELECT 1 FROM cases WHERE sex = 'by hand'");
    expect(rows).toHaveLength(4);
    expect(await count('cases')).toBe(5);
  });

  test('of one child by its id reads that one', async () => {
    const primero = await start(5);
    const { sync } = census({ primero, ona });
    await sync();
    await ona.query("UPDATE cases SET sex = 'by hand'");
    await sync({ from: null, ask: [idOf(3)] });
    const { rows } = await ona.query("SELECT 1 FROM cases WHERE sex = 'by hand'");
    expect(rows).toHaveLength(4);
  });

  test('hands on what follows and a summary, and nothing of any child', async () => {
    const primero = await start(5);
    const { runs } = await census({ primero, ona }).sync();
    for (const { state } of runs) {
      expect(Object.keys(state).sort()).toEqual(['data', 'references']);
      expect(Object.keys(state.data as object).sort()).toEqual(['next', 'summary']);
      expect(JSON.stringify(state)).not.toContain('case-');
    }
  });
});
