import { expect, test } from 'vitest';
import getCases from '../../jobs/1-get-cases.ts';
import upsertCases from '../../jobs/2-upsert-cases.ts';
import type { Message } from '../../jobs/message/message.ts';
import { execute } from '../../local/adaptors/postgresql/index.ts';
import { firstMessage } from '../jobs/message/messages.ts';
import { census } from '../support/census.ts';
import { describeBoth } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { readAll } from './whole-database.ts';
import { startWith } from './world.ts';

const nextOf = (state: { data?: unknown }) => (state.data as { next: Message[] }).next;

describeBoth('a crash does no harm', (ona) => {
  const worldBefore = async () => {
    const primero = await startWith(12);
    const { sync } = census({ primero, ona });
    await sync();
    primero.store.disable(1);
    primero.store.update(2, { changes: { sex: 'male' } });
    primero.store.update(3, { changes: { case_id_display: 'case-4' } });
    primero.store.update(4, { changes: { case_id_display: 'case-3' } });
    return primero;
  };

  test('before any operation of upsert-cases: all of the batch is written, or nothing, and it is whole when run again', async () => {
    const primero = await worldBefore();
    const { get, batch } = census({ primero, ona });
    let message = firstMessage({ takeOver: true, syncId: 'second' });
    const written: number[] = [];
    for (let batches = 0; batches < 8; batches += 1) {
      const got = await get(message);
      const before = await readAll(ona, { versions: true });
      const operations = upsertCases as unknown as ((state: object) => unknown)[];
      for (let count = 1; count < operations.length; count += 1) {
        const crash = () => {
          throw new Error('power cut');
        };
        const some = [...operations.slice(0, count), crash] as never[];
        const state = { ...structuredClone(got.state), configuration: ona.credentials };
        await expect(execute(...some)(state as never)).rejects.toThrow('power cut');
        const isSame =
          JSON.stringify(await readAll(ona, { versions: true })) === JSON.stringify(before);
        if (!isSame) {
          written.push(count);
          break;
        }
      }
      // The batch was committed; its message was lost: whoever runs it again gets the next one.
      const again = await batch(message);
      expect(again.error).toBeNull();
      const [next] = nextOf(again.state);
      if (!next) break;
      message = next;
      if (batches === 7) throw new Error('the sync does not end');
    }
    // It is COMMIT that writes: the last operation but one of each batch.
    expect(new Set(written)).toEqual(new Set([upsertCases.length - 1]));
    const { rows } = await ona.query("SELECT state FROM syncs WHERE sync_id = 'second'");
    expect(rows).toEqual([{ state: 'complete' }]);
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('of get-cases leaves nothing behind: it writes nowhere', async () => {
    const primero = await worldBefore();
    const { get, chain } = census({ primero, ona });
    const before = await readAll(ona, { versions: true });
    const first = firstMessage({ takeOver: true, syncId: 'second' });
    await get(first);
    await get(first);
    expect(await readAll(ona, { versions: true })).toEqual(before);
    expect(getCases.length).toBeGreaterThan(3);
    expect((await chain(first)).last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('that loses a message: the sync before it goes on when its last batch is run again', async () => {
    const primero = await worldBefore();
    const { batch, chain } = census({ primero, ona }, { batchBytes: 1000 });
    let message = firstMessage({ takeOver: true, syncId: 'second' });
    for (let batches = 0; batches < 3; batches += 1)
      message = nextOf((await batch(message)).state)[0]!;
    const lost = await batch(message);
    expect(nextOf(lost.state)).toHaveLength(1);
    const { last } = await chain(message);
    expect(last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('of the database in the middle: the batch fails with a code, and goes through when it is run again', async () => {
    const primero = await worldBefore();
    const { batch, chain } = census({ primero, ona });
    const [second] = nextOf(
      (await batch(firstMessage({ takeOver: true, syncId: 'second' }))).state,
    );
    await ona.query('ALTER TABLE sync_batches RENAME TO hidden');
    const before = await readAll(ona, { versions: true });
    expect((await batch(second!)).error).toMatch(
      /^ONA_TABLE_MISSING: PostgreSQL reported 42P01 while /,
    );
    expect(await readAll(ona, { versions: true })).toEqual(before);
    await ona.query('ALTER TABLE hidden RENAME TO sync_batches');
    expect((await chain(second!)).last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
  });
});
