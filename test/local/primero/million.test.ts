import { expect, test } from 'vitest';
import { readFilters } from '../../../local/primero/query/read-filters.ts';
import { count, findPage } from '../../../local/primero/query/search.ts';
import { PrimeroStore } from '../../../local/primero/store.ts';
import { NOW } from './sandbox.ts';

const CASES = 1_000_000;

const makeStore = () =>
  new PrimeroStore({
    cases: CASES,
    seed: 1,
    family: '2.14',
    now: () => NOW,
    until: NOW - 1000,
    commitDelayMs: 0,
    sameInstant: 0,
  });

test('a million cases take under 100 MB, and any page of them is found', () => {
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  const store = makeStore();
  store.quarter({ seed: 2, from: NOW - 1000, to: NOW, share: 0.05 });
  const memory = process.memoryUsage();
  expect((memory.arrayBuffers + memory.heapUsed - before) / 1e6).toBeLessThan(100);

  const query = { age: '0..17', record_state: 'true', last_updated_at: '2020-01-01T00:00:00Z..' };
  const page = { per: 1000, page: 1, orderBy: 'last_updated_at', order: 'asc' };
  const filters = readFilters(store, query, '2.14', () => true);
  expect(count(store, filters)).toBeGreaterThan(700_000);
  for (const number of [1, 600]) {
    expect(findPage(store, filters, { ...page, page: number }, '2.14', 1)).toHaveLength(1000);
  }
});
