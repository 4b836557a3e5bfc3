import { readdir, rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { keyCheck } from '../../../local/inbox/api-key.ts';
import { KEY, message, ownFolder, post, started } from './started-inbox.ts';

/** `{"batch":1,"pad":"…"}` of exactly so many bytes. */
const ofSize = (bytes: number): string => {
  const empty = JSON.stringify({ batch: 1, pad: '' });
  return JSON.stringify({ batch: 1, pad: 'x'.repeat(bytes - empty.length) });
};

const wrongKeys: Record<string, Record<string, string>> = {
  'a wrong key': { 'x-api-key': 'another-key-here' },
  'a key that begins like the right one': { 'x-api-key': KEY.slice(0, -1) },
  'an empty key': { 'x-api-key': '' },
  'the key in another header': { authorization: KEY, 'x-api-key': 'no' },
};

for (const [title, headers] of Object.entries(wrongKeys)) {
  test(`A post with ${title} is answered 401, and nothing is stored`, async () => {
    const folder = await ownFolder();
    const inbox = await started({ folder });
    const answer = await post(inbox, message(1), headers);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toEqual({ error: 'x-api-key is missing or wrong' });
    expect(await readdir(folder)).toEqual(['marks']);
  });
}

test('A post without a key is answered 401 before its body is looked at', async () => {
  const folder = await ownFolder();
  const inbox = await started({ folder });
  const answer = await fetch(inbox.url, { method: 'POST', body: ofSize(70_000) });
  expect(answer.status).toBe(401);
  expect(await readdir(folder)).toEqual(['marks']);
});

test('A key is compared by digests, so that any length can be given', () => {
  const isKey = keyCheck('0123456789');
  expect(
    ['0123456789', '012345678', '01234567890', '', undefined, ['0123456789']].map(isKey),
  ).toEqual([true, false, false, false, false, false]);
});

test('64 KB are taken, one byte more is answered 413', async () => {
  const inbox = await started({ folder: await ownFolder() });
  expect((await post(inbox, ofSize(64 * 1024))).status).toBe(202);
  const answer = await post(inbox, ofSize(64 * 1024 + 1));
  expect(answer.status).toBe(413);
  expect(await answer.json()).toEqual({ error: 'the body is over 64 KB' });
  expect(await inbox.list()).toHaveLength(1);
});

const bodies: [title: string, body: string, error: string][] = [
  ['half a message', '{"batch": 1', 'the body is not JSON'],
  ['nothing', '', 'the body is not JSON'],
  ['text', 'hello', 'the body is not JSON'],
  ['JSON that is no message', '[1, 2]', '"batch" is missing'],
  ['null', 'null', '"batch" is missing'],
  ['30,000 brackets', '['.repeat(30_000) + ']'.repeat(30_000), '"batch" is missing'],
];

for (const [title, body, error] of bodies) {
  test(`A post of ${title} is answered 400 with the reason, and nothing is stored`, async () => {
    const inbox = await started({ folder: await ownFolder() });
    const answer = await post(inbox, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error });
    expect(await inbox.list()).toEqual([]);
  });
}

test('The type that a sender names for its body does not matter', async () => {
  const inbox = await started({ folder: await ownFolder() });
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-8',
  ];
  for (const [i, type] of types.entries())
    expect((await post(inbox, message(i + 1), { 'content-type': type })).status).toBe(202);
});

test('Only the one path is served, and only with the key', async () => {
  const inbox = await started({ folder: await ownFolder() });
  const status = async (path: string, headers = {}) =>
    (await fetch(new URL(path, inbox.url), { headers })).status;
  expect(await status('/')).toBe(401);
  expect(await status('/', { 'x-api-key': KEY })).toBe(404);
  expect(await status('/i/../../marks', { 'x-api-key': KEY })).toBe(404);
});

test('A message that could not be stored is neither accepted nor run', async () => {
  const folder = await ownFolder();
  let ran = 0;
  const handle = async () => {
    ran += 1;
    return { ok: true } as const;
  };
  const inbox = await started({ folder, handle });
  await rm(folder, { recursive: true });
  const answer = await post(inbox, message(1));
  expect(answer.status).toBe(500);
  expect(await answer.json()).toEqual({
    error: 'the message could not be stored: is the disk full?',
  });
  await inbox.idle();
  expect(ran).toBe(0);
});
