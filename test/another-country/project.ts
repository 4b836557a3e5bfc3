import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Credentials } from '../../local/credentials/schema.ts';
import { writePrivateJson } from '../../local/credentials/write.ts';
import { inProject } from '../../local/paths.ts';

const PARTS = ['db', 'jobs', 'local', 'config', 'package.json', 'workflow.json'];

const run = promisify(execFile);

export type Ended = { code: number; out: string };

/**
 * A copy of the project into which the invented country is built: nothing but the folder of configuration is another one.
 * `cli` runs its command, with a credentials file and a state folder of its own.
 */
export const buildCountry = async () => {
  const root = await mkdtemp(join(tmpdir(), 'another-country-'));
  for (const part of PARTS) await cp(inProject(part), join(root, part), { recursive: true });
  await symlink(inProject('node_modules'), join(root, 'node_modules'));
  await run('node', [
    join(root, 'local', 'build.mjs'),
    '--config',
    inProject('test', 'another-country', 'config'),
  ]);
  const cli = async (credentials: Credentials, ...args: string[]): Promise<Ended> => {
    const file = join(root, 'credentials.json');
    await writePrivateJson(file, credentials);
    const program = join(root, 'dist', 'local', 'cli.js');
    const flags = ['--experimental-vm-modules', '--no-warnings', program];
    const env = { ...process.env, PRIMERO_ONA_STATE: join(root, 'state') };
    return run('node', [...flags, ...args, '--credentials', file], { env }).then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout + stderr }),
      ({ code, stdout, stderr }) => ({ code, out: stdout + stderr }),
    );
  };
  return { root, cli, remove: () => rm(root, { recursive: true, force: true }) };
};
