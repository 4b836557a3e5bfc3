import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Holder, lockHolder, takeLock } from '../../../local/sync/lock.ts';

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lock-'));
  file = join(folder, 'lock.json');
});
afterEach(() => rm(folder, { recursive: true }));

const now = () => new Date().toISOString();

const hold = (holder: Partial<Holder>) =>
  writeFile(
    file,
    JSON.stringify({ command: 'sandbox', pid: process.ppid, since: now(), ...holder }),
  );

const address = (port: number) => ({
  host: '127.0.0.1',
  port,
  database: 'postgres',
  user: 'postgres',
});

test('is taken once, and free again when it is released', async () => {
  const lock = await takeLock(file, 'sync');
  await lock.release();
  expect(await readdir(folder)).toEqual([]);
  await (await takeLock(file, 'sync')).release();
});

test('names the command that holds it', async () => {
  await hold({ command: 'sandbox' });
  await expect(takeLock(file, 'sync')).rejects.toThrow(
    new RegExp(
      `^LOCAL_DATABASE_OPEN: \`sandbox\` \\(process ${process.ppid}\\) has the local database open`,
    ),
  );
  expect(await lockHolder(file)).toMatchObject({ command: 'sandbox' });
});

test('says where the database answers', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await hold({ ona: { pid: process.ppid, address: address(port) } });
  expect((await lockHolder(file))?.ona?.address.port).toBe(port);
  server.close();
  await once(server, 'close');
  expect(await lockHolder(file)).toBeNull();
});

test('what a killed command left behind is taken over once its database has closed', async () => {
  const child = fork('-e', ['setTimeout(() => {}, 60000)'], {
    execPath: process.execPath,
    execArgv: [],
  });
  await once(child, 'spawn');
  await hold({ pid: 2 ** 30, ona: { pid: child.pid!, address: address(1) } });
  expect(await lockHolder(file)).toBeNull();
  const taking = takeLock(file, 'sync');
  const early = await Promise.race([taking, new Promise((r) => setTimeout(r, 300, 'waiting'))]);
  expect(early).toBe('waiting');
  child.kill('SIGKILL');
  await (await taking).release();
});

test('what is older than the last start of the machine is nobody’s', async () => {
  await hold({ since: '2001-01-01T00:00:00Z' });
  await (await takeLock(file, 'sync')).release();
});

test('of two at once one gets it', async () => {
  const results = await Promise.allSettled([takeLock(file, 'one'), takeLock(file, 'two')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
