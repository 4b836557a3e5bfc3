import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../../local/sync/sandbox.ts';
import { sandboxPaths } from '../../../local/sync/state-folder.ts';
import { temporaryFolder } from '../cli/run-cli.ts';

/** Starts a sandbox whose database cannot start, with a signal that is aborted by then or not. */
const start = async (isStopped: boolean) => {
  const folder = await temporaryFolder();
  onTestFinished(folder.remove);
  const file = join(folder.path, 'file');
  await writeFile(file, '');
  const stop = new AbortController();
  return startSandbox({
    paths: { ...sandboxPaths(join(folder.path, 'state')), ona: join(file, 'ona') },
    ...{ world: {}, changedShare: 0, command: 'test', signal: stop.signal },
    say: () => isStopped && stop.abort(),
  });
};

test('a server that does not start says why', async () => {
  await expect(start(false)).rejects.toThrow(
    /^SERVER_FAILED: the embedded ONA did not start: .*ENOTDIR/,
  );
});

test('after Ctrl-C, which may end a server as it starts, it counts as stopped', async () => {
  await expect(start(true)).rejects.toMatchObject({ name: 'AbortError' });
});
