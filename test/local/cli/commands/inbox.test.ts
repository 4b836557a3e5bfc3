import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../../../local/inbox/index.ts';
import { callCli, temporaryFolder } from '../run-cli.ts';
import { PENDING } from '../sample-sync.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openStore(join(folder.path, 'inbox'));
});
afterEach(() => folder.remove());

/** Stores a message that was done, or failed, and gives its id. */
const add = async (
  syncId: string,
  batch: number,
  state: 'done' | 'failed' | 'waiting',
): Promise<string> => {
  const { id, stored } = store.add({ ...PENDING, syncId, batch });
  await stored;
  await store.mark(id, state, state === 'failed' ? 'ONA_BUSY: in the way' : '');
  return id;
};

const inbox = (...options: string[]) => callCli(['inbox', ...options], folder.path);

test('A failed message is pointless once its batch was done, or a later sync has begun; and only then', async () => {
  const repeated = await add('s-1', 3, 'failed');
  await add('s-1', 3, 'done');
  const left = await add('s-1', 4, 'failed');
  await add('s-2', 1, 'failed');
  const { stdout } = await inbox('--json');
  const found = JSON.parse(stdout) as { id: string; isPointless: boolean }[];
  expect(found.filter(({ isPointless }) => isPointless).map(({ id }) => id)).toEqual([repeated]);
  // The later sync had not begun: its first batch had failed.
  await add('s-2', 1, 'done');
  const after = JSON.parse((await inbox('--json')).stdout) as typeof found;
  expect(after.filter(({ isPointless }) => isPointless).map(({ id }) => id)).toContain(left);
  expect((await inbox()).stdout).toContain(
    `failed   ${left}\n    ONA_BUSY: in the way\n    No longer needed: it was done later, or a later sync began.\n`,
  );
});

test('inbox --clear removes those, and leaves what waits, is done, or may be run again', async () => {
  const old = await add('s-1', 3, 'failed');
  const done = await add('s-2', 1, 'done');
  const failed = await add('s-2', 2, 'failed');
  const waiting = await add('s-2', 3, 'waiting');
  expect((await inbox()).stdout).toMatch(/`inbox --clear` removes the failed messages/);
  const { code, stdout } = await inbox('--clear');
  expect(code).toBe(0);
  expect(stdout).toBe('Removed: 1 failed message no longer needed.\n');
  expect((await store.list()).map(({ id }) => id)).toEqual([done, failed, waiting]);
  expect(await store.find(old)).toBeNull();
  expect(JSON.parse((await inbox('--clear', '--json')).stdout)).toEqual({ removed: [] });
});
