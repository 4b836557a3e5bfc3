import { writeFileSync } from 'node:fs';
import { mkdir, readdir, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore, readMessage } from '../../../local/inbox/index.ts';
import { message, ownFolder } from './started-inbox.ts';

const filled = async (count: number) => {
  const folder = await ownFolder();
  const store = await openStore(folder);
  const ids: string[] = [];
  for (let batch = 1; batch <= count; batch += 1) {
    const { id, stored } = store.add(message(batch));
    await stored;
    ids.push(id);
  }
  return { folder, store, ids };
};

test('A store opened anew finds messages and marks, and goes on counting', async () => {
  const { folder, store, ids } = await filled(3);
  await store.mark(ids[0]!, 'done');
  await store.mark(ids[1]!, 'failed', 'ONA_DOWN: no connection');
  const again = await openStore(folder);
  expect(await again.list()).toMatchObject([
    { id: ids[0], state: 'done', arrival: 1 },
    { id: ids[1], state: 'failed', reason: 'ONA_DOWN: no connection' },
    { id: ids[2], state: 'waiting' },
  ]);
  const { id, stored } = again.add(message(9));
  await stored;
  expect(id).toMatch(/-p0-b0009-000004-/);
});

test('Messages are listed by state, and the last so many of them', async () => {
  const { store, ids } = await filled(4);
  await store.mark(ids[0]!, 'done');
  const listed = async (only: Parameters<typeof store.list>[0]) =>
    (await store.list(only)).map(({ batch }) => batch);
  expect(await listed({ state: 'waiting' })).toEqual([2, 3, 4]);
  expect(await listed({ state: 'waiting', limit: 2 })).toEqual([3, 4]);
  expect(await listed({ limit: 0 })).toEqual([]);
});

test('A mark replaces the one before it', async () => {
  const { folder, store, ids } = await filled(1);
  const id = ids[0]!;
  await store.mark(id, 'failed', 'once');
  await store.mark(id, 'done');
  expect(await store.find(id)).toMatchObject({ state: 'done' });
  await store.mark(id, 'waiting');
  expect(await readdir(join(folder, 'marks'))).toEqual([]);
});

test('A message marked twice by a crash counts as failed', async () => {
  const { folder, store, ids } = await filled(1);
  await store.mark(ids[0]!, 'done');
  await writeFile(join(folder, 'marks', `${ids[0]}.failed`), 'why');
  expect(await store.find(ids[0]!)).toMatchObject({ state: 'failed', reason: 'why' });
});

test('A message is found by id and by its file', async () => {
  const { folder, store, ids } = await filled(1);
  const found = await store.find(ids[0]!);
  expect(await store.find(join(folder, `${ids[0]}.json`))).toEqual(found);
  expect(await store.read(ids[0]!)).toEqual(message(1));
});

const tricks = [
  '../secret',
  '..%2fsecret',
  '/etc/passwd',
  'marks',
  '.',
  '',
  'a/b-p1-b0001-000001-abcd',
  '../x-p1-b0001-000001-abcd',
  'x-p1-b0001-000001-abcd\0',
  'x\\..\\-p1-b0001-000001-abcd',
];

test('No id or path leads out of the folder', async () => {
  const { folder, store } = await filled(1);
  await writeFile(join(dirname(folder), 'secret.json'), '{"data":"secret"}');
  await writeFile(join(dirname(folder), 'x-p1-b0001-000001-abcd.json'), '{"data":"secret"}');
  for (const trick of [...tricks, join(dirname(folder), 'x-p1-b0001-000001-abcd.json')]) {
    expect(await store.find(trick), trick).toBe(null);
    await expect(store.read(trick), trick).rejects.toThrow(/^MESSAGE_UNKNOWN: /);
    await expect(store.mark(trick, 'done'), trick).rejects.toThrow(/^MESSAGE_UNKNOWN: /);
  }
});

test('Whatever a message says that it is, its file is in the folder and keeps its content', async () => {
  const folder = await ownFolder();
  const store = await openStore(folder);
  const hostile = [
    '../../etc/x',
    '/abs',
    '.hidden',
    '-rf',
    'ก😀',
    '',
    'a'.repeat(500),
    { a: 1 },
    null,
  ];
  for (const syncId of hostile) {
    const { id, stored } = store.add({ syncId, batch: '../1' });
    await stored;
    expect(id).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,60}$/);
    expect(await store.read(id)).toEqual({ syncId, batch: '../1' });
  }
  expect((await readdir(folder)).length).toBe(hostile.length + 1);
});

test('Folders and files are for their owner only, also where the folder was there before', async () => {
  const folder = await ownFolder();
  await mkdir(folder, { mode: 0o755 });
  const store = await openStore(folder);
  const { id, stored } = store.add(message(1));
  await stored;
  await store.mark(id, 'failed', 'why');
  const mode = async (...path: string[]) => (await stat(join(folder, ...path))).mode & 0o777;
  expect(await mode()).toBe(0o700);
  expect(await mode('marks')).toBe(0o700);
  expect(await mode(`${id}.json`)).toBe(0o600);
  expect(await mode('marks', `${id}.failed`)).toBe(0o600);
});

test('Half-written files are no messages, and are taken away', async () => {
  const { folder, store, ids } = await filled(1);
  await writeFile(join(folder, `${ids[0]!.replace('b0001', 'b0002')}.json.tmp`), '{"da');
  expect(await store.list()).toHaveLength(1);
  await store.tidy();
  expect((await readdir(folder)).sort()).toEqual([`${ids[0]}.json`, 'marks']);
});

test('Ten thousand messages are listed, all or the last of them', async () => {
  const { folder, store } = await filled(1);
  for (let i = 10; i < 10_010; i += 1) {
    const id = `s-p1-b0001-${String(i).padStart(6, '0')}-abcd`;
    writeFileSync(join(folder, `${id}.json`), '{"data":{}}');
    writeFileSync(join(folder, 'marks', `${id}.${i % 2 ? 'done' : 'failed'}`), 'why');
  }
  const last = await store.list({ limit: 20 });
  expect(last.map(({ arrival }) => arrival)).toEqual(
    Array.from({ length: 20 }, (_, index) => 9990 + index),
  );
  expect(await store.list({ state: 'failed' })).toHaveLength(5000);
});

test('Times are those of the files: when a message came, and when it was marked', async () => {
  const { folder, store, ids } = await filled(2);
  const [done, waiting] = await store.list();
  const came = new Date('2026-10-01T00:00:01Z');
  const marked = new Date('2026-10-01T00:02:03Z');
  await store.mark(ids[0]!, 'done');
  await utimes(done!.file, came, came);
  await utimes(join(folder, 'marks', `${ids[0]}.done`), marked, marked);
  expect(await store.timesOf((await store.find(ids[0]!))!)).toEqual({
    cameAt: came.toISOString(),
    markedAt: marked.toISOString(),
  });
  await utimes(waiting!.file, came, came);
  expect(await store.timesOf(waiting!)).toEqual({ cameAt: came.toISOString(), markedAt: null });
});

const unreadable: [content: string | null, why: string][] = [
  [null, "can't be read (ENOENT)"],
  ['{"data"', 'is not JSON'],
  ['[]', 'has no "data"'],
  ['null', 'has no "data"'],
];

for (const [content, why] of unreadable) {
  test(`A message file that ${why} is named`, async () => {
    const file = join(await ownFolder(), '..', 'm.json');
    if (content !== null) await writeFile(file, content);
    await expect(readMessage(file)).rejects.toThrow(
      `MESSAGE_FILE_UNREADABLE: ${file} ${why}: name a file of the form \`{"data": MESSAGE}\``,
    );
  });
}

test('A link to a file elsewhere is not followed', async () => {
  const { folder, store } = await filled(1);
  const outside = join(dirname(folder), 'secret.json');
  await writeFile(outside, '{"data":"secret"}');
  await symlink(outside, join(folder, 's-p1-b0001-000009-abcd.json'));
  await expect(store.read('s-p1-b0001-000009-abcd')).rejects.toThrow(/^MESSAGE_UNKNOWN: /);
  expect(await store.list()).toHaveLength(1);
});
