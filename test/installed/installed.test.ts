import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inProject } from '../../local/paths.ts';
import { installUnpacked, runInstalled } from './tarball.ts';

let installed: Awaited<ReturnType<typeof installUnpacked>>;
const cli = (...args: string[]) => runInstalled(installed, ...args);

beforeAll(async () => {
  installed = await installUnpacked();
});
afterAll(() => installed?.remove());

test('The installed command says its version, and calls itself by its name', async () => {
  const { version } = JSON.parse(await readFile(inProject('package.json'), 'utf8'));
  expect(await cli('--version')).toMatchObject({ code: 0, out: `primero-ona-sync ${version}\n` });
  const help = await cli('sync', '--help');
  expect(help.out).toMatch(/^Usage: primero-ona-sync sync /);
  expect(help.out).not.toContain('npm ');
  const none = await cli('migrate');
  expect(none).toMatchObject({ code: 2 });
  expect(none.err).toMatch(/^CREDENTIALS_MISSING: /);
  expect(none.err).not.toContain('npm ');
});

test('The installed command syncs the sandbox in an empty folder, and keeps its data at home', async () => {
  const synced = await cli('sync', '--sandbox', '--cases', '300');
  expect(synced.out).toMatch(/^Complete: every child was looked at/m);
  expect(synced.code).toBeLessThan(4);
  expect(await readdir(installed.empty)).toEqual([]);
  const state = join(installed.home, '.local', 'state', 'primero-ona-sync');
  expect(synced.out).toContain(state);
  expect(await readdir(state)).toContain('ona');
  // Data of children is for their user alone.
  expect((await stat(state)).mode & 0o077).toBe(0);
  expect((await cli('status')).code).toBe(0);
});
