import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { testFolder } from '../support/test-folder.ts';
import { pack, runInstalled } from './tarball.ts';

const run = promisify(execFile);

test('npm installs the tarball globally, with all that it needs, and the command syncs the sandbox', async () => {
  const root = await testFolder();
  const tarball = await pack(root);
  await run('npm', ['install', '--global', '--prefix', root, '--no-audit', '--no-fund', tarball]);
  const empty = join(root, 'empty');
  await mkdir(empty);
  const command = join(root, 'bin', 'primero-ona-sync');
  const installed = { command, empty, home: join(root, 'home') };
  const synced = await runInstalled(installed, 'sync', '--sandbox', '--cases', '300');
  expect(synced.out).toMatch(/^Complete: every child was looked at/m);
  expect((await runInstalled(installed, 'report')).code).toBe(0);
}, 300_000);
