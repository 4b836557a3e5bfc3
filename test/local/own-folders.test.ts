import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { osFolders, ownCredentials, ownState } from '../../local/own-folders.ts';
import { inProject } from '../../local/paths.ts';
import { testFolder } from '../support/test-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('The folders of an installed command are where the operating system wants them', () => {
  test.each<[platform: NodeJS.Platform, env: NodeJS.ProcessEnv, state: string, config: string]>([
    ['linux', {}, '/home/u/.local/state/primero-ona-sync', '/home/u/.config/primero-ona-sync'],
    [
      'linux',
      { XDG_STATE_HOME: '/s', XDG_CONFIG_HOME: '/c' },
      '/s/primero-ona-sync',
      '/c/primero-ona-sync',
    ],
    [
      'darwin',
      {},
      '/home/u/Library/Application Support/primero-ona-sync/state',
      '/home/u/Library/Application Support/primero-ona-sync',
    ],
    [
      'win32',
      { LOCALAPPDATA: '/local' },
      '/local/primero-ona-sync/state',
      '/local/primero-ona-sync',
    ],
  ])('%s %o', (platform, env, state, config) => {
    expect(osFolders({ platform, env, home: '/home/u' })).toEqual({ state, config });
  });
});

test('In a clone all stays beside it, and no credentials file is read that nobody named', async () => {
  const home = await testFolder();
  vi.stubEnv('XDG_CONFIG_HOME', home);
  await mkdir(join(home, 'primero-ona-sync'));
  await writeFile(join(home, 'primero-ona-sync', 'credentials.json'), '{}');
  expect(ownState()).toBe(inProject('state', 'local'));
  expect(ownCredentials()).toBeUndefined();
  if (process.platform === 'linux')
    expect(ownCredentials(true)).toBe(join(home, 'primero-ona-sync', 'credentials.json'));
});
