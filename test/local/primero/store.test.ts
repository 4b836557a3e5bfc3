import { expect, test } from 'vitest';
import { cases, NOW, sandbox } from './sandbox.ts';

const REINTEGRATION = 'children_undergoing_reintegration_55427';
const iso = (time: number) => new Date(time).toISOString();

test('the newest of the first cases was changed a quarter of an hour ago, or when told', async () => {
  const { store } = await sandbox();
  expect(store.snapshot().at(-1)!.last_updated_at).toBe('2026-06-30T23:45:00.000Z');
  const other = await sandbox({ until: NOW - 86_400_000 });
  expect(other.store.snapshot().at(-1)!.last_updated_at).toBe('2026-06-30T00:00:00.000Z');
});

test('each change is dated now, or when told', async () => {
  const { store } = await sandbox();
  const updatedAt = (index: number) => store.record(index).last_updated_at;
  store.update(1);
  expect(updatedAt(1)).toBe(iso(NOW));
  const then = NOW - 5000;
  const changes = [
    () => store.update(1, { at: then }),
    () => store.disable(1, then),
    () => store.enable(1, then),
    () => store.setAge(1, 3, then),
    () => store.turn18(1, then),
    () => store.setType(1, REINTEGRATION, then),
    () => store.addService(1, then),
    () => store.dropService(1, then),
    () => store.put({ id: store.record(1).id }, then),
  ];
  for (const change of changes) {
    store.update(1);
    change();
    expect(updatedAt(1)).toBe(iso(then));
  }
});

test('a change changes what it says', async () => {
  const { store } = await sandbox();
  store.disable(1);
  expect(store.record(1)).toMatchObject({ enabled: false, record_state: false });
  store.enable(1);
  expect(store.record(1)).toMatchObject({ enabled: true, record_state: true });
  store.setAge(1, 3);
  expect(store.record(1).age).toBe(3);
  store.turn18(1);
  expect(store.record(1).age).toBe(18);
  store.setAge(1, null);
  expect(store.record(1).age ?? null).toBeNull();
  store.setType(1, 'a_new_type_00001');
  expect(store.record(1).type_of_case).toBe('a_new_type_00001');
  store.setType(1, null);
  expect(store.record(1).type_of_case ?? null).toBeNull();
  store.update(1, { changes: { sex: 'other', location_current: '102' } });
  expect(store.record(1)).toMatchObject({ sex: 'other', location_current: '102' });
});

test('a bare update gives some mapped field another value', async () => {
  const { store } = await sandbox();
  const content = () => JSON.stringify({ ...store.record(1), last_updated_at: '' });
  const seen = new Set([content()]);
  for (let i = 0; i < 5; i++) {
    store.update(1);
    seen.add(content());
  }
  expect(seen.size).toBeGreaterThan(4);
});

test('services come at the end and go from the start, and keep their ids', async () => {
  const { store } = await sandbox();
  const ids = () =>
    ((store.record(1).services_section ?? []) as { unique_id: string }[]).map((s) => s.unique_id);
  for (let i = 0; i < 3; i++) store.addService(1);
  const before = ids();
  store.addService(1);
  expect(ids().slice(0, -1)).toEqual(before);
  store.dropService(1);
  expect(ids()).toHaveLength(before.length);
  expect(ids().slice(0, -1)).toEqual(before.slice(1));
  for (let i = 0; i < 40; i++) store.addService(1);
  expect(new Set(ids()).size).toBe(32);
  for (let i = 0; i < 40; i++) store.dropService(1);
  expect(ids()).toEqual([]);
});

test('services of a hand-made record come and go, too', async () => {
  const { store } = await sandbox();
  store.put({ id: store.record(1).id, services_section: [{ unique_id: 'a' }, { unique_id: 'b' }] });
  store.addService(1);
  store.dropService(1);
  const services = store.record(1).services_section as { unique_id: string }[];
  expect(services.map((s) => s.unique_id)).toEqual(['b', expect.stringMatching(/^[0-9a-f-]{36}$/)]);
});

test('a new case is found, enabled, with the fields it was given', async () => {
  const primero = await sandbox();
  await cases(primero, { per: 1 });
  const index = primero.store.create({ fields: { age: 4, sex: 'male' }, at: NOW });
  expect(index).toBe(300);
  const { data } = await cases(primero, { per: 1 });
  expect(data[0]).toEqual(primero.store.record(300));
  expect(data[0]).toMatchObject({ age: 4, sex: 'male', enabled: true, created_at: iso(NOW) });
});

test('a hand-made record is given as it stands, on top of a drawn one', async () => {
  const primero = await sandbox({ cases: 0 });
  const hostile = {
    id: 'b3222e84-a5d7-4692-a643-1ab3d41f17d6',
    last_updated_at: '2026-01-02T03:04:05.678Z',
    case_id_display: undefined,
    age: '9',
    sex: '\u0000"; DROP TABLE cases; --',
    registration_date: '0000-00-00',
    services_section: { not: 'an array' },
    extra: '‮🙂',
    ['__proto__']: { polluted: true },
  };
  Object.defineProperty(hostile, '__proto__', { value: { a: 1 }, enumerable: true });
  const index = primero.store.put(hostile);
  const [record] = (await cases(primero)).data;
  const { case_id_display, ...rest } = hostile;
  for (const [name, value] of Object.entries(rest)) expect(record![name], name).toEqual(value);
  expect(Object.hasOwn(record!, '__proto__')).toBe(true);
  expect(record).not.toHaveProperty('case_id_display');
  expect(record).toHaveProperty('name');
  expect(primero.store.indexOf(hostile.id)).toBe(index);
  expect(primero.store.put({ id: hostile.id, age: 10 })).toBe(index);
  expect(primero.store.record(index)).toMatchObject({ age: 10, registration_date: '0000-00-00' });
  primero.store.put({ id: hostile.id, last_updated_at: hostile.last_updated_at });
  primero.store.update(index);
  expect(primero.store.record(index).last_updated_at).toBe(iso(NOW));
});

test('fields= also limits hand-made fields', async () => {
  const primero = await sandbox({ cases: 0 });
  primero.store.put({ id: 'a', secret: 'x', sex: 'odd' });
  const [record] = (await cases(primero, { fields: 'sex' })).data;
  expect(Object.keys(record!).sort()).toEqual(['enabled', 'id', 'last_updated_at', 'sex']);
});

test('3,000 changes in one millisecond lie in that millisecond', async () => {
  const primero = await sandbox({ cases: 3000 });
  for (let index = 0; index < 3000; index++) primero.store.update(index, { at: NOW });
  const query = { last_updated_at: `${iso(NOW)}..${iso(NOW)}`, per: 1000, fields: 'id' };
  expect((await cases(primero, query)).metadata.total).toBe(3000);
});

test('changes with older dates are found in the right order', async () => {
  const primero = await sandbox();
  const times = [5, 3, 9, 1].map((hour) => NOW - hour * 3_600_000);
  for (const [i, at] of times.entries()) primero.store.update(i * 7, { at });
  const { data } = await cases(primero, { order_by: 'last_updated_at', order: 'asc', per: 1000 });
  const found = data.map((record) => record.last_updated_at);
  expect(found).toEqual([...found].sort());
  expect(found).toHaveLength(300);
  for (const time of times) expect(found).toContain(iso(time));
});

test('an id leads back to its case, any other text to none', async () => {
  const { store } = await sandbox();
  for (let index = 0; index < 300; index++)
    expect(store.indexOf(store.record(index).id)).toBe(index);
  for (const id of ['', 'x', '00000000-0000-4000-8000-000000000000', `${store.record(1).id}0`])
    expect(store.indexOf(id)).toBeUndefined();
});

test('a snapshot has the records that pass, with the fields named', async () => {
  const { store } = await sandbox();
  store.deleteForGood(2);
  const all = store.snapshot();
  expect(all).toHaveLength(299);
  const few = store.snapshot(({ age }) => age === 9, ['age']);
  expect(few).toEqual(
    all
      .filter(({ age }) => age === 9)
      .map(({ id, enabled, last_updated_at, age }) => ({ id, enabled, last_updated_at, age })),
  );
  expect(few.length).toBeGreaterThan(3);
});

test('the same seed makes the same cases, another seed others', async () => {
  const [a, b, c] = await Promise.all([1, 1, 2].map((seed) => sandbox({ seed })));
  expect(a!.store.snapshot()).toEqual(b!.store.snapshot());
  expect(c!.store.record(5)).not.toEqual(a!.store.record(5));
});
