import { expect, test } from 'vitest';
import { costOf, type Primero } from '../../../local/primero/index.ts';
import { ask } from '../../support/primero.ts';
import { cases, NOW, sandbox } from './sandbox.ts';

/** What the last request was charged, ms. */
const charged = ({ requests }: Primero) => requests.at(-1)!.costMs;

const QUESTION = { orderBy: 'created_at', cases: 300, inRange: 300, impossible: false };
const WINDOW = '2000-01-01T00:00:00Z..2100-01-01T00:00:00Z';

test('a request is charged for its filters, its records and their fields', async () => {
  const primero = await sandbox({ family: '2.12', costs: true });
  const { data } = await cases(primero, { age: '5..7', per: 5, fields: 'sex,age' });
  const under = { ...QUESTION, filters: ['age'], records: data.length, fields: 2 };
  expect(charged(primero)).toBe(costOf('2.12', under));
  await cases(primero, { per: 5, order_by: 'last_updated_at' });
  const whole = { ...QUESTION, filters: [], records: 5, fields: undefined };
  expect(charged(primero)).toBe(costOf('2.12', { ...whole, orderBy: 'last_updated_at' }));
});

test('cases count that there are, and those in the range asked for', async () => {
  const primero = await sandbox({ costs: true });
  for (let n = 0; n < 10; n++) primero.store.setCreatedAt(n, Date.UTC(2001, 0, 1 + n));
  primero.store.deleteForGood(200);
  const changes = { last_updated_at: WINDOW, fields: 'id' };
  await cases(primero, { ...changes, created_at: '2000-01-01..2001-12-31', per: 0 });
  const filters = ['last_updated_at', 'created_at'];
  const asked = { ...QUESTION, cases: 299, records: 0, fields: 1 };
  expect(charged(primero)).toBe(costOf('2.14', { ...asked, filters, inRange: 10 }));
  await cases(primero, { ...changes, per: 0 });
  expect(charged(primero)).toBe(costOf('2.14', { ...asked, filters: ['last_updated_at'] }));
});

test('filters that are dropped cost nothing, nor do values that no record has, ids and paths', async () => {
  const primero = await sandbox({ costs: true, hiddenFields: ['type_of_case'] });
  const { id } = primero.store.record(1);
  const one = costOf('2.14', { ...QUESTION, filters: [], records: 1, fields: 1 });
  const asked: [string, object, number][] = [
    ['cases', { type_of_case: 'x', zzz: 1, per: 0 }, 130],
    ['cases', { sex: 'zzz' }, 130],
    ['cases', { age: -1 }, 130],
    ['cases', { last_updated_at: 'zzz' }, 130],
    ['cases', { id, fields: 'sex' }, one],
    ['cases', { id, fields: 'sex', last_updated_at: WINDOW }, one],
    [`cases/${id}`, { fields: 'sex' }, one],
    ['lookups', {}, 130],
    ['zzz', {}, 130],
  ];
  for (const [path, query, cost] of asked) {
    await ask(primero, path, { ...query });
    expect(charged(primero), `${path} ${JSON.stringify(query)}`).toBe(cost);
  }
});

test('nothing new costs what it takes to look at every case', async () => {
  const primero = await sandbox({ costs: true });
  const last_updated_at = `${new Date(NOW).toISOString()}..`;
  await cases(primero, { last_updated_at, record_state: true, age: '0..17' });
  expect(charged(primero)).toBeGreaterThan(130 + 300 * 0.045);
});

const timed = async (work: () => Promise<unknown>) => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

test('each worker answers one question at a time', async () => {
  const four = (primero: Primero) =>
    timed(() => Promise.all([1, 2, 3, 4].map(() => ask(primero, 'lookups', { per: 1 }))));
  expect(await four(await sandbox({ costs: { workers: 1 } }))).toBeGreaterThan(4 * 130 - 5);
  const two = await four(await sandbox({ costs: true }));
  expect(two).toBeGreaterThan(2 * 130 - 5);
  expect(two).toBeLessThan(4 * 130 - 5);
});

test('a question that fails frees its worker', async () => {
  const primero = await sandbox({ costs: { workers: 1 } });
  expect((await ask(primero, 'cases', { page: 0 })).status).toBe(500);
  expect((await ask(primero, 'lookups')).status).toBe(200);
});

test('without costs nothing is charged', async () => {
  const primero = await sandbox();
  expect(await timed(() => ask(primero, 'cases', { per: 1 }))).toBeLessThan(130);
  expect(charged(primero)).toBeUndefined();
});
