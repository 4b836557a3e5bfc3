import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../../../local/primero/index.ts';
import { ask } from '../../support/primero.ts';
import { cases, NOW, sandbox } from './sandbox.ts';

describe.each(FAMILIES)('family %s', (family) => {
  /** What a query finds, with the fields that these tests look at. */
  const total = async (query: Record<string, unknown>, put: Record<string, unknown>[] = []) => {
    const primero = await sandbox({ cases: put.length > 0 ? 0 : 500, family });
    for (const record of put) primero.store.put(record);
    const { data, metadata } = await cases(primero, {
      ...query,
      per: 1000,
      fields: 'record_state,age,sex,protection_concerns',
    });
    expect(data).toHaveLength(metadata.total);
    return { data, total: metadata.total, primero };
  };

  test('true and false find enabled and disabled records, no filter finds both', async () => {
    const on = await total({ record_state: true });
    const off = await total({ record_state: false });
    expect(on.data.every((r) => r.enabled && r.record_state)).toBe(true);
    expect(off.data.every((r) => r.enabled === false && r.record_state === false)).toBe(true);
    expect(off.total).toBeGreaterThan(0);
    expect(on.total + off.total).toBe(500);
  });

  test('a range of numbers holds both its ends, and none without a value', async () => {
    const { data, primero } = await total({ age: '5..7' });
    const expected = primero.store.snapshot(({ age }) => age !== null && age >= 5 && age <= 7, []);
    expect(data).toHaveLength(expected.length);
    expect(new Set(data.map(({ age }) => age))).toEqual(new Set([5, 6, 7]));
  });

  test('a range of numbers without an end is open, but finds nothing in columns', async () => {
    const found = (await total({ age: '24..' })).data.map(({ age }) => age);
    expect(new Set(found)).toEqual(new Set(family === '2.14' ? [] : [24, 25]));
  });

  test('one value and a list of values', async () => {
    expect(new Set((await total({ age: '9' })).data.map((r) => r.age))).toEqual(new Set([9]));
    expect(new Set((await total({ age: '9,11' })).data.map((r) => r.age))).toEqual(
      new Set([9, 11]),
    );
    const sexes = await total({ sex: 'female,other' });
    expect(new Set(sexes.data.map((r) => r.sex))).toEqual(new Set(['female', 'other']));
  });

  test('a text matches any entry of a list in the record', async () => {
    const { data } = await total({ protection_concerns: 'refugee' });
    expect(data.length).toBeGreaterThan(0);
    for (const record of data) expect(record.protection_concerns).toContain('refugee');
  });

  test('filters are joined with and', async () => {
    const type = 'children_undergoing_reintegration_55427';
    const { data, primero } = await total({ type_of_case: type, age: '0..17', record_state: true });
    const expected = primero.store.snapshot(
      (c) => c.enabled && c.type === type && c.age !== null && c.age < 18,
    );
    expect(data).toHaveLength(expected.length);
    expect(expected.length).toBeGreaterThan(50);
  });

  test('a name that no field has is ignored', async () => {
    expect((await total({ no_such_field: 'x', enabled: 'false' })).total).toBe(500);
  });

  test('ages and types that are out of the ordinary are found all the same', async () => {
    const put = [
      { age: 300 },
      { age: '7' },
      { age: null },
      { age: 7 },
      { type_of_case: ['a', 'b'] },
    ];
    expect((await total({ age: '250..400' }, put)).total).toBe(1);
    expect((await total({ type_of_case: 'b' }, put)).total).toBe(1);
    const seven = await total({ age: '7..7' }, put.slice(0, 4));
    // JSON compares numbers with numbers only.
    const expected = family === '2.12' ? [7] : [7, '7'];
    expect(new Set(seven.data.map((r) => r.age))).toEqual(new Set(expected));
  });

  test('a record is found by its id', async () => {
    const { primero } = await total({});
    const { id } = primero.store.record(77);
    expect((await cases(primero, { id })).data.map((r) => r.id)).toEqual([id]);
  });
});

const at = (time: string) => ({ id: time, last_updated_at: time });
const TIMES = [
  '2026-03-01T10:00:00.000Z',
  '2026-03-01T10:00:00.400Z',
  '2026-03-01T10:00:01.000Z',
  '2026-03-01T10:00:01.999Z',
  '2026-03-01T10:00:02.000Z',
  '2026-03-02T00:00:00.000Z',
];

test.each([
  ['2.14', '2026-03-01T10:00:00Z..2026-03-01T10:00:01Z', [0, 1, 2, 3]],
  ['2.12', '2026-03-01T10:00:00Z..2026-03-01T10:00:01Z', [0, 1, 2, 3]],
  ['2.9', '2026-03-01T10:00:00Z..2026-03-01T10:00:01Z', [0, 1, 2, 3]],
  ['2.14', '2026-03-01T10:00:00.900Z..2026-03-01T10:00:01.100Z', [0, 1, 2, 3]],
  ['2.9', '2026-03-01T10:00:00.900Z..2026-03-01T10:00:00.999Z', [0, 1]],
  ['2.14', '2026-03-01T17:00:02+07:00..2026-03-01T17:00:02+07:00', [4]],
  ['2.9', '2026-03-01T10:00:02..2026-03-01T10:00:02', [4]],
  ['2.14', '2026-03-01..2026-03-01', [0, 1, 2, 3, 4]],
  ['2.9', '2026-03-01..2026-03-02', [0, 1, 2, 3, 4, 5]],
  ['2.9', '2026-03-01..2026-03-01', []],
  ['2.14', '2026-03-01T10:00:02Z..', [4, 5]],
  ['2.14', '2026-03-01T10:00:02Z..2026-03-01T10:00:00Z', []],
] as const)('%s: last_updated_at=%s', async (family, range, expected) => {
  const primero = await sandbox({ cases: 0, family });
  for (const time of TIMES) primero.store.put(at(time));
  const query = { last_updated_at: range, order_by: 'last_updated_at', order: 'asc' };
  const { data } = await cases(primero, query);
  expect(data.map(({ id }) => TIMES.indexOf(id)).sort()).toEqual(expected);
});

test('a range that is none is dropped by SQL and breaks Solr', async () => {
  for (const range of ['yesterday..today', '2026-02-31..2026-03-01', '..5']) {
    expect((await cases(await sandbox(), { last_updated_at: range })).metadata.total).toBe(300);
    const older = await sandbox({ family: '2.9' });
    expect((await ask(older, 'cases', { last_updated_at: range })).status).toBe(500);
  }
});

test.each([
  ['last_updated_at', '2026-03-01'],
  ['location_current', '10060802'],
  ['age', 'seven'],
  ['record_state', 'yes'],
])('SQL answers a query that it rejects with nothing: %s=%s', async (name, value) => {
  for (const family of ['2.12', '2.14'] as const) {
    const primero = await sandbox({ family });
    primero.store.put({ location_current: '10060802' });
    expect(await cases(primero, { [name]: value })).toEqual({
      data: [],
      metadata: { total: 0, per: 20, page: 1 },
    });
  }
});

test('a date field compares by the day where it is kept in JSON', async () => {
  const primero = await sandbox({ cases: 0 });
  primero.store.put({ id: 'a', assessment_date: '2026-03-01T23:00:00Z' }, NOW);
  primero.store.put({ id: 'b', assessment_date: 'soon' }, NOW);
  const { data } = await cases(primero, { assessment_date: '2026-02-01..2026-03-01' });
  expect(data.map(({ id }) => id)).toEqual(['a']);
});

test('Solr finds what has no value where none is asked for, SQL finds nothing', async () => {
  for (const [family, found] of [
    ['2.9', 1],
    ['2.12', 0],
    ['2.14', 0],
  ] as const) {
    const primero = await sandbox({ family });
    primero.store.put({ record_state: undefined });
    expect((await cases(primero, { record_state: '' })).metadata.total).toBe(found);
  }
});
