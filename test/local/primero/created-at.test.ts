import { expect, test } from 'vitest';
import type { Family, Primero } from '../../../local/primero/index.ts';
import { cases, NOW, sandbox } from './sandbox.ts';

const iso = (time: number) => new Date(time).toISOString();

const total = async (primero: Primero, created_at: string) =>
  (await cases(primero, { created_at, per: 1 })).metadata.total;

test('2.14 has microseconds, which records do not show', async () => {
  const primero = await sandbox({ cases: 0 });
  const index = primero.store.create();
  primero.store.setCreatedAt(index, NOW + 500.123);
  expect(primero.store.record(index).created_at).toBe(iso(NOW + 500));
  const second = '2026-07-01T00:00:00';
  for (const [range, found] of [
    [`${second}.500Z..${second}.500Z`, 0],
    [`${second}.500Z..${second}.501Z`, 1],
    [`${second}.500123Z..${second}.500123Z`, 1],
    [`${second}.500124Z..`, 0],
    [`${second}.500Z..`, 1],
  ] as const)
    expect(await total(primero, range), range).toBe(found);
});

test('cases that are made have microseconds', async () => {
  const { store } = await sandbox({ cases: 100 });
  store.create();
  let whole = 0;
  for (const { createdAt } of store.cases()) if (Number.isInteger(createdAt)) whole++;
  expect(whole).toBeLessThan(5);
  expect(Number.isInteger(store.facts(100).createdAt)).toBe(false);
});

test.each(['2.9', '2.12', '2.14'] as const)(
  '%s: a time of creation is edited, and nothing else but the date of the change',
  async (family: Family) => {
    const primero = await sandbox({ family });
    const before = primero.store.record(7);
    const [from, to] = [NOW - 1_000_000, NOW - 2_000_000].map((time) => iso(time));
    primero.store.setCreatedAt(7, NOW - 1_000_000);
    expect(await total(primero, `${from}..${from}`)).toBe(1);
    primero.store.setCreatedAt(7, NOW - 2_000_000);
    expect(await total(primero, `${from}..${from}`)).toBe(0);
    expect(await total(primero, `${to}..${to}`)).toBe(1);
    const after = primero.store.record(7);
    expect(after).toMatchObject({ created_at: to, last_updated_at: iso(NOW) });
    expect(after.registration_date).toEqual(before.registration_date);
  },
);

test.each([
  ['2.9', '1970'],
  ['2.12', 'last'],
  ['2.14', 'last'],
] as const)(
  '%s: a case without the time is in no range of it, and is ordered as %s',
  async (family, place) => {
    const primero = await sandbox({ family, cases: 20 });
    primero.store.setCreatedAt(0, 0 - 86_400_000);
    primero.store.setCreatedAt(7, null);
    const { id } = primero.store.record(7);
    expect(primero.store.record(7)).not.toHaveProperty('created_at');
    expect(await total(primero, '1900-01-01T00:00:00Z..2100-01-01T00:00:00Z')).toBe(19);
    expect(await total(primero, '1960-01-01T00:00:00Z..')).toBe(19);
    const { data } = await cases(primero, { order: 'asc', per: 100 });
    expect(data.findIndex((record) => record.id === id)).toBe(place === 'last' ? 19 : 1);
  },
);

test('windows of created_at hold each case once, whatever the family', async () => {
  for (const family of ['2.9', '2.12', '2.14'] as const) {
    const primero = await sandbox({ family, cases: 500 });
    const bounds = [2010, 2021, 2023, 2024, 2025, 2030].map((year) => Date.UTC(year, 0));
    let sum = 0;
    for (const [n, from] of bounds.slice(0, -1).entries())
      sum += await total(primero, `${iso(from)}..${iso(bounds[n + 1]! - 1)}`);
    expect(sum).toBe(500);
  }
});

test('an edit also takes the place of a time that was put in by hand', async () => {
  const { store } = await sandbox({ cases: 0 });
  const index = store.put({ created_at: '2026-01-01T00:00:00Z' });
  expect(store.record(index).created_at).toBe('2026-01-01T00:00:00Z');
  store.setCreatedAt(index, NOW);
  expect(store.record(index).created_at).toBe(iso(NOW));
});
