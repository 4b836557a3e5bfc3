import { expect, test } from 'vitest';
import type { Message } from '../../jobs/message/message.ts';
import { firstMessage, idOf } from '../jobs/message/messages.ts';
import { census, type Ran } from '../support/census.ts';
import { describeOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { heldIn, startWith } from './world.ts';

const nextOf = ({ state }: Ran) => (state.data as { next?: Message[] }).next ?? [];

describeOna('nobody leaves without Primero’s answer', (ona) => {
  const isHeld = async (number: number) =>
    (await ona.query('SELECT 1 FROM cases WHERE primero_id = $1', [idOf(number)])).rowCount === 1;

  test.each([
    ['disabled', 'disable'],
    ['deleted for good', 'deleteForGood'],
  ] as const)(
    'a child that is %s goes in the batch that completes the sync, with its services',
    async (_, how) => {
      const primero = await startWith(20);
      const { sync, batch } = census({ primero, ona });
      await sync();
      primero.store[how](5);
      const asked = () =>
        primero.requests.filter(
          ({ path, query }) => query.id?.includes(idOf(5)) || path.includes(idOf(5)),
        );
      const before = asked().length;
      let messages: Message[] = [firstMessage({ takeOver: true, syncId: 'second' })];
      for (let batches = 0; messages.length > 0; batches += 1) {
        expect([batches, await isHeld(5)]).toEqual([batches, true]);
        messages = nextOf(await batch(messages[0]!));
      }
      expect(await isHeld(5)).toBe(false);
      expect(
        (await ona.query("SELECT 1 FROM services WHERE unique_id = 'service-5'")).rowCount,
      ).toBe(0);
      // The sample, the question, and the second one.
      expect(asked().length - before).toBeGreaterThanOrEqual(how === 'disable' ? 3 : 4);
      expect(await findDifferences(primero, ona)).toEqual([]);
    },
  );

  test('a child that was disabled by mistake and is enabled again while the sync runs stays', async () => {
    const primero = await startWith(20);
    const { sync, batch } = census({ primero, ona });
    await sync();
    primero.store.disable(5);
    let messages: Message[] = [firstMessage({ takeOver: true, syncId: 'second' })];
    let last: Ran | undefined;
    while (messages.length > 0) {
      const { rows } = await ona.query("SELECT 1 FROM sync_findings WHERE finding = 'disabled'");
      if (rows.length > 0) primero.store.enable(5);
      last = await batch(messages[0]!);
      messages = nextOf(last);
    }
    expect(last!.state.data).toMatchObject({ summary: { state: 'complete', removed: 0 } });
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('a sync that stops half-way has removed nobody', async () => {
    const primero = await startWith(20);
    const { sync, batch, chain } = census({ primero, ona });
    await sync();
    primero.store.disable(5);
    const first = await batch(firstMessage({ takeOver: true, syncId: 'stops' }));
    const [second] = nextOf(first);
    await batch(second!);
    expect(await heldIn(ona)).toBe(20);
    await chain(firstMessage({ takeOver: true, syncId: 'goes-through' }));
    expect(await heldIn(ona)).toBe(19);
  });

  test('more than ten, and than five in a hundred, are refused with their number, until a person says so', async () => {
    const primero = await startWith(100);
    const { sync } = census({ primero, ona });
    await sync();
    for (let number = 0; number < 11; number += 1) primero.store.disable(number);
    const { error, last } = await sync();
    expect(error).toMatch(
      /^REMOVALS_REFUSED: At least 11 of 100 children would be removed \(0 deleted, 11 disabled\)\. No child was removed\./,
    );
    expect(last).toBeNull();
    expect(await heldIn(ona)).toBe(100);
    expect((await sync({ takeOver: true, acceptRemovals: 10 })).error).toMatch(/^REMOVALS_REFUSED/);
    expect(await heldIn(ona)).toBe(100);
    expect((await sync({ takeOver: true, acceptRemovals: 11 })).last.state).toBe('complete');
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('ten go without anybody’s word', async () => {
    const primero = await startWith(100);
    const { sync } = census({ primero, ona });
    await sync();
    for (let number = 0; number < 10; number += 1) primero.store.disable(number);
    expect((await sync()).last).toMatchObject({ state: 'complete', removed: 10 });
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('children whom the user may not see stay, are named, and do not stop a sync', async () => {
    const primero = await startWith(100);
    const { sync } = census({ primero, ona });
    await sync();
    primero.role.sees = ({ index }) => index >= 20;
    primero.store.disable(50);
    expect((await sync()).last).toMatchObject({
      state: 'complete',
      reason: 'Complete but for 20 unseen.',
    });
    expect(await heldIn(ona)).toBe(99);
  });

  test('a role that was narrowed to fewer children stops the sync, and nothing is written', async () => {
    const primero = await startWith(100);
    const { sync } = census({ primero, ona });
    await sync();
    primero.role.sees = ({ index }) => index >= 21;
    const { error } = await sync();
    expect(error).toMatch(
      /^PRIMERO_NARROWED: The user in Primero may not see 21 children that ONA holds\./,
    );
    expect(await heldIn(ona)).toBe(100);
  });

  test('a role that was narrowed to its own services stops the sync, until a person says so', async () => {
    const primero = await startWith(100);
    const { sync } = census({ primero, ona });
    await sync();
    primero.role.seesService = (_, { index }) => index >= 11;
    const { error } = await sync();
    expect(error).toMatch(
      /^SERVICES_REFUSED: 11 of 100 services of this batch's children would go\./,
    );
    expect((await ona.query('SELECT 1 FROM services')).rowCount).toBe(100);
    expect((await sync({ takeOver: true, acceptRemovals: 11 })).last.state).toBe('complete');
    expect((await ona.query('SELECT 1 FROM services')).rowCount).toBe(89);
  });

  test('another Primero is noticed before anything is written', async () => {
    const primero = await startWith(100);
    await census({ primero, ona }).sync();
    const other = await startWith(0);
    other.store.put({ id: '99999999-0000-4000-8000-000000000000', age: 9, record_state: true });
    const { error } = await census({ primero: other, ona }).sync();
    expect(error).toMatch(
      /^PRIMERO_IS_ANOTHER: Primero knows 0 of 100 children that ONA holds\. Nothing was written\./,
    );
    expect(await findDifferences(primero, ona)).toEqual([]);
  });

  test('an empty Primero is none that a sync is for, if ONA has children', async () => {
    const primero = await startWith(20);
    await census({ primero, ona }).sync();
    const empty = await startWith(0);
    const { error } = await census({ primero: empty, ona }).sync();
    expect(error).toMatch(/^PRIMERO_IS_ANOTHER: Primero counts no child, and ONA holds some\./);
    expect(await heldIn(ona)).toBe(20);
    expect((await ona.query("SELECT 1 FROM syncs WHERE state = 'under way'")).rowCount).toBe(0);
  });
});
