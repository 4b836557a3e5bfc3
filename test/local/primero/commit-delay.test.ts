import { expect, test } from 'vitest';
import { cases, NOW, sandbox } from './sandbox.ts';

const window = (from: number, to: number) => ({
  last_updated_at: `${new Date(from).toISOString()}..${new Date(to).toISOString()}`,
  fields: 'id',
});

test('2.9 finds a changed record by its old time, but gives the new one, until the commit', async () => {
  let now = NOW;
  const primero = await sandbox({ family: '2.9', commitDelayMs: 2000, now: () => now });
  const { id, last_updated_at: before } = primero.store.record(10);
  const old = window(Date.parse(before), Date.parse(before));
  primero.store.update(10);
  const stale = await cases(primero, old);
  expect(stale.data).toEqual([
    expect.objectContaining({ id, last_updated_at: new Date(NOW).toISOString() }),
  ]);
  expect((await cases(primero, window(NOW, NOW))).metadata.total).toBe(0);

  now += 2000;
  expect((await cases(primero, old)).metadata.total).toBe(0);
  expect((await cases(primero, window(NOW, NOW))).metadata.total).toBe(1);
});

test('2.9 does not find a new record before the commit, and counts a deleted one for good', async () => {
  let now = NOW;
  const primero = await sandbox({ family: '2.9', commitDelayMs: 2000, now: () => now });
  primero.store.create();
  primero.store.deleteForGood(3);
  const early = await cases(primero, { per: 1000, fields: 'id' });
  expect(early.metadata.total).toBe(300);
  expect(early.data).toHaveLength(299);
  now += 2000;
  const late = await cases(primero, { per: 1000, fields: 'id' });
  expect(late.metadata.total).toBe(301);
  expect(late.data).toHaveLength(300);
});

test('SQL shows a change at once', async () => {
  const primero = await sandbox({ commitDelayMs: 2000 });
  primero.store.create();
  expect((await cases(primero, { per: 1 })).metadata.total).toBe(301);
});
