import { execFile, execFileSync } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { inProject } from '../../local/paths.ts';
import { testFolder } from '../support/test-folder.ts';
import { instructions } from './dockerfile.ts';
import { runInstalled } from './tarball.ts';

const run = promisify(execFile);

const hasDocker = (() => {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
})();

const temporary = async () => {
  const folder = await testFolder();
  return folder;
};

test('Without Docker: what the Dockerfile does, done in clean folders, ends in a command that syncs', async () => {
  const root = await temporary();
  /** A path of the image, in the folder that stands for it. */
  const inImage = (text: string) =>
    text.replaceAll(/(?<![\w.])\/(app|out|opt|home)(?=\/|\s|$)/g, `${root}/$1`);
  let folder = root;
  for (const { name, text } of instructions()) {
    if (name === 'WORKDIR') {
      folder = inImage(text);
      await mkdir(folder, { recursive: true });
    }
    if (name === 'RUN') await run('sh', ['-c', inImage(text)], { cwd: folder });
    if (name !== 'COPY') continue;
    const isFromBuild = text.startsWith('--from');
    const words = text.split(' ').slice(isFromBuild ? 1 : 0);
    const to = join(folder, '');
    const target = words.at(-1)!;
    for (const source of words.slice(0, -1)) {
      const from = isFromBuild ? inImage(source) : inProject(source);
      const into = target.startsWith('/') ? inImage(target) : join(to, target);
      const path = target.endsWith('/') ? join(into, basename(source)) : into;
      await mkdir(dirname(path), { recursive: true });
      await cp(from, path, { recursive: true });
    }
  }
  const entry = instructions().find(({ name }) => name === 'ENTRYPOINT')!;
  const [command] = JSON.parse(entry.text) as [string];
  const installed = { command: inImage(command), empty: root, home: join(root, 'home', 'node') };
  const synced = await runInstalled(installed, 'sync', '--sandbox', '--cases', '300');
  expect(synced.out).toMatch(/^Complete: every child was looked at/m);
}, 600_000);

test.skipIf(!hasDocker)(
  'With Docker: the image is built, is not root, and its command syncs the sandbox',
  async () => {
    const image = `primero-ona-sync-test-${process.pid}`;
    onTestFinished(async () => {
      await run('docker', ['rmi', '--force', image]).catch(() => {});
    });
    await run('docker', ['build', '--tag', image, inProject()]);
    const user = await run('docker', ['run', '--rm', '--entrypoint', 'id', image, '-u']);
    expect(user.stdout.trim()).not.toBe('0');
    const args = ['run', '--rm', image, 'sync', '--sandbox', '--cases', '300'];
    const { stdout } = await run('docker', args).catch((error: { stdout: string }) => error);
    expect(stdout).toMatch(/^Complete: every child was looked at/m);
  },
  1_200_000,
);
