import { expect, test } from 'vitest';
import { ask } from '../../support/primero.ts';
import { cases, ids, NOW, sandbox } from './sandbox.ts';

const all = { per: 1000, fields: 'id' };
const DAY = 86_400_000;
const iso = (time: number) => new Date(time).toISOString();
const solr = () => sandbox({ family: '2.9' });

test('ghosts are counted and never come', async () => {
  const primero = await solr();
  primero.store.addGhosts(7, { createdAt: NOW - DAY, age: 5 });
  const { data, metadata } = await cases(primero, all);
  expect([data.length, metadata.total]).toEqual([300, 307]);
});

test('ghosts are found by what the index knows of them', async () => {
  const primero = await solr();
  const before = (await cases(primero, { age: '40..50' })).metadata.total;
  const facts = { createdAt: NOW - 9 * DAY, updatedAt: NOW - DAY, age: 44, type: 'ghostly_00001' };
  primero.store.addGhosts(3, facts);
  primero.store.addGhosts(1, { ...facts, enabled: false });
  const total = async (query: object) => (await cases(primero, { ...query })).metadata.total;
  expect(before).toBe(0);
  expect(await total({ age: '40..50' })).toBe(4);
  expect(await total({ type_of_case: 'ghostly_00001', record_state: true })).toBe(3);
  const at = (time: number) => `${iso(time)}..${iso(time)}`;
  expect(await total({ created_at: at(NOW - 9 * DAY), age: 44 })).toBe(4);
  expect(await total({ last_updated_at: at(NOW - DAY), age: 44 })).toBe(4);
});

test('a whole page can be ghosts', async () => {
  const primero = await solr();
  primero.store.addGhosts(50, { createdAt: NOW + DAY });
  const page = (number: number) => cases(primero, { per: 50, page: number, fields: 'id' });
  expect((await page(1)).data).toEqual([]);
  expect((await page(2)).data).toHaveLength(50);
  expect((await page(1)).metadata.total).toBe(350);
});

test('a case that is deleted for good leaves a ghost until someone reindexes', async () => {
  const primero = await solr();
  const { id } = primero.store.record(3);
  primero.store.deleteForGood(3);
  const both = async () => {
    const { data, metadata } = await cases(primero, { id, fields: 'id' });
    return [data.length, metadata.total];
  };
  expect(await both()).toEqual([0, 1]);
  expect((await ask(primero, `cases/${id}`)).status).toBe(404);
  primero.reindex();
  expect(await both()).toEqual([0, 0]);
  expect((await cases(primero, all)).metadata.total).toBe(299);
});

test('the search may lack a record that its path has, until it is saved, shown or reindexed', async () => {
  const primero = await solr();
  const { store } = primero;
  const { id } = store.record(3);
  const found = async () => {
    const listed = ids((await cases(primero, all)).data).includes(id);
    const named = (await cases(primero, { id })).metadata.total === 1;
    expect((await ask(primero, `cases/${id}`)).status).toBe(200);
    expect(named).toBe(listed);
    return listed;
  };
  for (const back of [() => store.update(3), () => store.showInIndex(3), () => primero.reindex()]) {
    store.hideFromIndex(3);
    expect(await found()).toBe(false);
    back();
    expect(await found()).toBe(true);
  }
});

test('while someone reindexes, the search shows a part that grows', async () => {
  const primero = await solr();
  primero.store.addGhosts(5, { createdAt: NOW });
  const shown = async (share: number) => {
    primero.reindex(share);
    return ids((await cases(primero, all)).data);
  };
  const parts = [await shown(0), await shown(0.3), await shown(0.7), await shown(1)];
  const sizes = parts.map((part) => part.length);
  expect([sizes[0], sizes[3]]).toEqual([0, 300]);
  expect(sizes[1]).toBeGreaterThan(60);
  expect(sizes[2]).toBeGreaterThan(sizes[1]! + 60);
  for (const [n, part] of parts.slice(1).entries())
    expect(part).toEqual(expect.arrayContaining(parts[n]!));
  expect((await cases(primero, all)).metadata.total).toBe(300);
});

test('a case that is saved meanwhile is found', async () => {
  const primero = await solr();
  primero.reindex(0);
  primero.store.update(8);
  primero.store.create();
  expect((await cases(primero, all)).data).toHaveLength(2);
  primero.reindex(0.5);
  const { id } = primero.store.record(8);
  expect(ids((await cases(primero, all)).data)).toContain(id);
});

test('SQL has no index that could differ from the database', async () => {
  const { store } = await sandbox();
  for (const wrong of [
    () => store.addGhosts(1, { createdAt: NOW }),
    () => store.hideFromIndex(1),
    () => store.showInIndex(1),
    () => store.reindex(0.5),
  ])
    expect(wrong).toThrow('Only family 2.9 has a search index beside its database');
});
