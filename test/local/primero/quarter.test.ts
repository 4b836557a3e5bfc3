import { expect, test } from 'vitest';
import { cases, NOW, sandbox } from './sandbox.ts';

const QUARTER = { seed: 5, from: NOW - 80 * 86_400_000, to: NOW - 1000, share: 0.2 };

test('a quarter changes about a share of the cases, within its dates, and adds some', async () => {
  const primero = await sandbox({ cases: 1000, until: QUARTER.from - 1 });
  const before = primero.store.snapshot();
  const counts = primero.store.quarter(QUARTER);
  const after = primero.store.snapshot();
  const known = new Map(before.map((record) => [record.id, record]));
  const moved = after.filter((r) => r.last_updated_at !== known.get(r.id)?.last_updated_at);

  expect(after.length).toBe(1000 + counts.created);
  expect(moved.length).toBe(counts.changed + counts.created);
  expect(counts.changed / 1000).toBeGreaterThan(0.15);
  expect(counts.changed / 1000).toBeLessThan(0.25);
  expect(counts.created).toBe(Math.round(counts.changed / 10));
  const times = moved.map(({ last_updated_at }) => Date.parse(last_updated_at));
  expect(Math.min(...times)).toBeGreaterThanOrEqual(QUARTER.from);
  expect(Math.max(...times)).toBeLessThanOrEqual(QUARTER.to);
  const disabled = moved.filter((r) => !r.enabled);
  expect(disabled.length).toBeGreaterThan(3);
  const types = moved.filter((r) => r.type_of_case !== (known.get(r.id) ?? r).type_of_case);
  expect(types.length).toBeGreaterThan(3);
  const ages = moved.filter((r) => r.age !== (known.get(r.id) ?? r).age);
  expect(ages.length).toBeGreaterThan(10);

  const from = new Date(QUARTER.from).toISOString();
  const query = { last_updated_at: `${from}..`, per: 1, fields: 'id' };
  expect((await cases(primero, query)).metadata.total).toBe(moved.length);
});

test('a quarter is the same for the same seed, and another for another', async () => {
  const read = async (seed: number) => {
    const { store } = await sandbox();
    store.quarter({ ...QUARTER, seed });
    return JSON.stringify(store.snapshot());
  };
  const first = await read(1);
  expect(await read(1)).toBe(first);
  expect(await read(2)).not.toBe(first);
});
