import { expect, test } from 'vitest';
import type { Message } from '../../jobs/message/message.ts';
import { firstMessage, idOf, message } from '../jobs/message/messages.ts';
import { census, type Ran } from '../support/census.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { readAll } from './whole-database.ts';
import { heldIn, startWith } from './world.ts';

const nextOf = ({ state }: Ran) => (Object(state.data) as { next?: Message[] }).next ?? [];

describeOna('messages that come twice, late, or from anyone', (ona) => {
  const contentOf = async () => {
    const { cases, services, case_indicators } = await readAll(ona, { versions: true });
    return { cases, services, case_indicators };
  };

  const changedWorld = async () => {
    const primero = await startWith(60);
    const run = census({ primero, ona }, { batchBytes: 4000 });
    await run.sync();
    primero.store.disable(1);
    primero.store.update(2, { changes: { sex: 'male' } });
    primero.store.turn18(4);
    return { primero, ...run };
  };

  test('each message three times, two of them at once: the result is the same', async () => {
    const { primero, batch } = await changedWorld();
    const queue: Message[] = [firstMessage({ takeOver: true, syncId: 'second' })];
    let states: unknown[] = [];
    for (let run = 0; queue.length > 0 && run < 200; run += 1) {
      const next = queue.shift()!;
      const both = await Promise.all([batch(next), batch(next)]);
      const all = [...both, await batch(next)];
      expect(all.map(({ error }) => error)).toEqual([null, null, null]);
      states = all.map(({ state }) => (state.data as { summary: { state: string } }).summary.state);
      const following = all.flatMap(nextOf);
      for (const each of following)
        if (!queue.some((known) => JSON.stringify(known) === JSON.stringify(each)))
          queue.push(each);
    }
    expect(states).toContain('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('all messages of a sync that is over, in any order: no row changes', async () => {
    const { primero, batch, sync } = await changedWorld();
    const { messages } = await sync();
    const before = await readAll(ona, { versions: true });
    for (const each of [...messages].reverse()) expect((await batch(each)).error).toBeNull();
    expect(await readAll(ona, { versions: true })).toEqual(before);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('two syncs at once: the later one takes over, the other ends by itself, and nothing is lost', async () => {
    const { primero, batch } = await changedWorld();
    const chains: Message[][] = ['one', 'two'].map((syncId) => [
      firstMessage({ takeOver: true, syncId }),
    ]);
    const last: Record<string, string> = {};
    for (let turn = 0; chains.some((queue) => queue.length > 0) && turn < 200; turn += 1) {
      const next = chains[turn % 2]!.shift();
      if (!next) continue;
      const ran = await batch(next);
      expect(ran.error).toBeNull();
      last[next.syncId] = (ran.state.data as { summary: { did: string } }).summary.did;
      chains[turn % 2]!.push(...nextOf(ran));
    }
    expect(last).toEqual({ one: 'nothing', two: 'wrote' });
    const { rows } = await ona.query(
      "SELECT state FROM syncs WHERE sync_id IN ('one', 'two') ORDER BY sync_id",
    );
    expect(rows).toEqual([{ state: 'superseded' }, { state: 'complete' }]);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  const UNDER_WAY = { takeOver: true as const, syncId: 'under-way' };

  test.each<[name: string, hostile: (known: Message) => object]>([
    ['a sync that nobody began', () => message({ syncId: 'nobody', batch: 9, from: null })],
    ['no window left, at once', (known) => ({ ...known, from: null })],
    ['a part of creation time alone', (known) => ({ ...known, from: '2030-01-01T00:00:00Z' })],
    ['a window in the middle', (known) => ({ ...known, to: '2026-01-01T00:10:00Z' })],
    [
      'every child to be asked about',
      (known) => ({ ...known, ask: Array.from({ length: 60 }, (_, n) => idOf(n)) }),
    ],
    ['children that nobody knows', (known) => ({ ...known, ask: [idOf(777), idOf(778)] })],
    [
      'windows to be counted again',
      (known) => ({ ...known, from: null, recount: ['1900-01-01T00:00:00Z'] }),
    ],
    ['the last batch there can be', (known) => ({ ...known, batch: 1_000_000 })],
    ['another part', (known) => ({ ...known, part: 16 })],
    ['changes only, of a census', (known) => ({ ...known, changedSince: '2020-01-01T00:00:00Z' })],
    ['a dry run, of a census', (known) => ({ ...known, dryRun: true })],
    [
      'so many removals as anyone likes',
      () => firstMessage({ takeOver: true, syncId: 'hostile', acceptRemovals: 1_000_000_000 }),
    ],
    ['SQL', (known) => ({ ...known, syncId: "'; DROP TABLE cases; --" })],
    ['what is no message', () => ({ type: 'x' })],
  ])('a hostile message, in the middle of a sync, costs no child: %s', async (_, hostile) => {
    const { primero, batch, chain, sync } = await changedWorld();
    const [second] = nextOf(await batch(firstMessage(UNDER_WAY)));
    const [third] = nextOf(await batch(second!));
    const before = await heldIn(ona);
    const attack = await chain(hostile(third!));
    const { rows } = await ona.query('SELECT primero_id::text AS id FROM cases');
    const held = new Set(rows.map(({ id }) => id));
    const lost = primero.store
      .snapshot(({ enabled }) => enabled)
      .filter(({ id }) => Number((id as string).slice(-12)) < 60 && !held.has(id));
    expect(lost).toEqual([]);
    expect(before - held.size).toBeLessThanOrEqual(1);
    expect(attack.runs.length).toBeLessThan(50);
    // Whoever comes after it heals what it may have broken off.
    await chain(third!);
    expect((await sync()).last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('a message cannot say what Primero did not: nobody is written by being asked for', async () => {
    const { batch } = await changedWorld();
    const [second] = nextOf(await batch(firstMessage(UNDER_WAY)));
    const before = await contentOf();
    const ask = Array.from({ length: 60 }, (_, n) => idOf(n));
    await batch({ ...second, ask, from: null });
    expect(await contentOf()).toEqual(before);
  });
});
