import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { inProject } from '../../local/paths.ts';

const run = promisify(execFile);

/** Packs the project as it is built, as `npm pack` does. Gives the path of the tarball. */
export const pack = async (folder: string): Promise<string> => {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { stdout } = await run('npm', args, { cwd: inProject() });
  return join(folder, JSON.parse(stdout)[0].filename);
};

/**
 * Unpacks the tarball where a global install puts it, with the packages that it depends on beside it, and no other:
 * what `npm install --global` does, without a network.
 * @returns the command's path, and an empty folder to run it in
 */
export const installUnpacked = async () => {
  const root = await mkdtemp(join(tmpdir(), 'installed-'));
  const modules = join(root, 'lib', 'node_modules');
  const folder = join(modules, 'primero-ona-sync');
  const empty = join(root, 'empty');
  for (const path of [folder, join(root, 'bin'), empty]) await mkdir(path, { recursive: true });
  await run('tar', ['-xzf', await pack(root), '-C', folder, '--strip-components=1']);
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  for (const name of Object.keys(manifest.dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(inProject('node_modules', name), join(modules, name));
  }
  const [[command, file]] = Object.entries(manifest.bin) as [[string, string]];
  const target = join(folder, file);
  await chmod(target, 0o755);
  await symlink(target, join(root, 'bin', command));
  return {
    command: join(root, 'bin', command),
    empty,
    home: join(root, 'home'),
    remove: () => rm(root, { recursive: true, force: true }),
  };
};

/** Runs an installed command in an empty folder, with a home of its own. */
export const runInstalled = async (
  { command, empty, home }: { command: string; empty: string; home: string },
  ...args: string[]
) => {
  const env = { PATH: process.env.PATH, HOME: home };
  return run(command, args, { cwd: empty, env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
};
