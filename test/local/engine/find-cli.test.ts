import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { findCli, requireCli } from '../../../local/engine/find-cli.ts';
import { programAs } from './fake-openfn.ts';

test('OPENFN_CLI goes before the PATH', async () => {
  const [named, onPath] = [await programAs(''), await programAs('')];
  expect(await findCli({ OPENFN_CLI: named, PATH: dirname(onPath) })).toBe(named);
  expect(await findCli({ PATH: `/nowhere:${dirname(onPath)}` })).toBe(onPath);
});

test('Where there is none, the error says how to get it', async () => {
  expect(await findCli({ PATH: '/nowhere' })).toBeNull();
  await expect(requireCli({ OPENFN_CLI: '/nowhere/openfn', PATH: '' })).rejects.toMatchObject({
    code: 'CLI_MISSING',
    exitCode: 2,
    message: expect.stringContaining('npm install -g @openfn/cli'),
  });
});
