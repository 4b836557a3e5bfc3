import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let folder: string;

beforeEach(async () => {
  execFileSync(process.execPath, ['bench/build.mjs']);
  folder = await mkdtemp(join(tmpdir(), 'interrupted-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const databases = async () => (await readdir(folder)).filter((name) => name.startsWith('ona-'));

test('a benchmark that is interrupted leaves no database behind', async () => {
  const bench = spawn(
    process.execPath,
    ['dist/bench/main.js', '--only', 'growth', '--cases', '1000'],
    {
      // Nobody answers there, so that the databases are in files, in this folder.
      env: {
        ...process.env,
        TMPDIR: folder,
        BENCH_DATABASE_URL: 'postgresql://postgres@127.0.0.1:1/',
      },
      stdio: 'ignore',
    },
  );
  await vi.waitFor(async () => expect(await databases()).toHaveLength(1), { timeout: 30_000 });
  bench.kill('SIGINT');
  expect(await once(bench, 'exit')).toEqual([130, null]);
  expect(await databases()).toEqual([]);
});
