import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { isAlive } from '../../support/is-alive.ts';
import { unpackDatabase } from '../../support/ona.ts';
import { callCli, type Running, startCli, temporaryFolder, untilOutput } from './run-cli.ts';

// Whole syncs, servers included: slow where other tests have the processors.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const WORLD = ['--sandbox', '--cases', '2400', '--seed', '5'];

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let first: Awaited<Running['ended']>;
let count = 0;

/** The folder after a first sync; each test has a copy of its own. */
const synced = async (): Promise<string> => {
  const state = join(folder.path, `copy-${count++}`);
  await cp(join(folder.path, 'state'), state, { recursive: true });
  return state;
};

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });

/** Who has the database open, once the command has said so in its lock. */
const holder = async (state: string) => {
  const read = async () => JSON.parse(await readFile(join(state, 'lock.json'), 'utf8'));
  let found = await read().catch(() => null);
  while (!found?.ona) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    found = await read().catch(() => null);
  }
  return found as { ona: { pid: number; address: { port: number } } };
};

beforeAll(async () => {
  folder = await temporaryFolder();
  await unpackDatabase(join(folder.path, 'state', 'ona'));
  first = await startCli(['sync', ...WORLD], join(folder.path, 'state')).ended;
});
afterAll(() => folder.remove());

test('a first sync leads with the answer, and says what was not loaded, where, and what next', () => {
  // What could not be loaded was invented so: a demonstration has not failed for it.
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout.trim()).toMatch(/^Complete: every child was looked at\. Not loaded: \d+ /);
  expect(first.stdout).toMatch(/│ Under 18 .*│ Reintegration .*│ All /s);
  expect(first.stdout).toMatch(/Not loaded.*× .*Where the data is:.*What to try next:/s);
  expect(first.stdout).toMatch(/report\.html {2}both indicators on a page/);
  expect(first.stderr).toMatch(/read [\d,]+ of [\d,]+ children, 1 batch/);
});

test('status gives the shape that scripts rely on', async () => {
  const { code, stdout } = await callCli(['status', '--json'], await synced());
  expect(code).toBe(0);
  const status = JSON.parse(stdout);
  const whole = expect.any(Number);
  const time = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const counts = { read: whole, new: whole, changed: 0, unchanged: whole, rejected: whole };
  expect(status).toEqual({
    fresh: true,
    censusAgeDays: expect.any(Number),
    held: { cases: whole, services: whole },
    left: { cases: 0, services: 0 },
    rejected: { cases: whole, services: whole },
    newest: status.census,
    census: {
      ...{ syncId: expect.any(String), kind: 'census', state: 'complete', reason: null, parts: 1 },
      ...{ createdFrom: '1900-01-01T00:00:00Z', createdTo: null, changedSince: null },
      ...{ beganAt: time, endedAt: time, lastBatchAt: time, idleSeconds: whole, going: 'over' },
      ...{ heldBefore: 0, heldAfter: status.held.cases, removed: 0, pending: [] },
      ...{ batches: 1, toRead: whole, asking: 0, left: 0, returned: 0 },
      expired: 0,
      findings: { counts: 0, left: 0, disabled: 0, deleted: 0, unseen: 0, open: 0 },
      indicators: {
        under18: { ...counts, ghosts: 0 },
        reintegration: { ...counts, ghosts: 0 },
      },
      all: { ...counts, inSeveral: whole },
      services: { written: whole, removed: 0 },
      unmapped: expect.any(Object),
      rejects: expect.any(Array),
    },
    changes: null,
  });
});

test('status ends with 4 where there is no census, or none that is young enough', async () => {
  const state = await synced();
  expect((await callCli(['status', '--max-age', '100d'], state)).code).toBe(0);
  expect((await callCli(['status', '--max-age', '0d'], state)).code).toBe(4);
  expect(await callCli(['status', '--max-age', 'soon'], state)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--max-age.*a number of days, such as 100d/),
  });
});

test('a later sync writes only the quarter that came between; one without changes writes nothing', async () => {
  const state = await synced();
  const second = await callCli(['sync', '--sandbox', '--json'], state);
  expect(second).toMatchObject({ code: 0, stderr: '' });
  const report = JSON.parse(second.stdout);
  expect(report).toMatchObject({
    outcome: 'complete but',
    exitCode: 0,
    error: null,
    sync: { kind: 'census', state: 'complete' },
  });
  const { all } = report.sync;
  expect(all.new + all.changed).toBeGreaterThan(10);
  expect(all.new + all.changed).toBeLessThan(240);

  const third = await callCli(['sync', '--sandbox', '--json', '--changed-share', '0'], state);
  expect(third.code).toBe(0);
  expect(JSON.parse(third.stdout).sync).toMatchObject({
    all: { new: 0, changed: 0 },
    removed: 0,
    services: { written: 0, removed: 0 },
  });
});

test('changes only brings the quarter over, and is not called complete', async () => {
  const state = await synced();
  const { code, stdout } = await callCli(['sync', '--sandbox', '--changes-only'], state);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^\nChanges since 20\d\d-\S+ brought over\./);
  expect(stdout).not.toMatch(/Complete/);
  expect((await callCli(['status'], state)).stdout).toMatch(
    /^Complete as of .*\nLater changes were brought over by sync /,
  );
});

test('a dry run says what a sync would do, and does nothing of it', async () => {
  const state = await synced();
  const before = await callCli(['status', '--json'], state);
  const dry = await callCli(['sync', '--sandbox', '--dry-run', '--changed-share', '0.1'], state);
  expect(dry).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\nA dry run: nothing/) });
  const { newest, held } = JSON.parse((await callCli(['status', '--json'], state)).stdout);
  expect(newest.syncId).toBe(JSON.parse(before.stdout).newest.syncId);
  expect(held).toEqual(JSON.parse(before.stdout).held);
});

test('Ctrl-C stops between steps, leaves nothing running, and the next sync goes on', async () => {
  const state = await synced();
  const running = startCli(['sync', '--sandbox', '--changed-share', '0.3'], state);
  await untilOutput(running, /has read nothing yet/);
  const { ona } = await holder(state);
  running.process.kill('SIGINT');
  const { code, stderr, stdout } = await running.ended;
  expect(code).toBe(130);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /INTERRUPTED: stopped between two steps. The next `sync` continues from there; `sync --take-over` begins anew\n$/,
  );
  expect(isAlive(ona.pid)).toBe(false);
  expect(await answers(ona.address.port)).toBe(false);
  expect(await readdir(state)).not.toContain('lock.json');

  const status = JSON.parse((await callCli(['status', '--json'], state)).stdout);
  expect(status.newest).toMatchObject({ state: 'under way', going: 'stopped' });
  const next = await callCli(['sync', '--sandbox', '--json'], state);
  expect(JSON.parse(next.stdout)).toMatchObject({
    outcome: 'complete but',
    sync: { syncId: status.newest.syncId, state: 'complete' },
  });
  const { quarters } = JSON.parse(await readFile(join(state, 'sandbox.json'), 'utf8'));
  expect(quarters).toHaveLength(1);
});

test('a sync that stopped is taken up by its id', async () => {
  const state = await synced();
  const running = startCli(['sync', '--sandbox'], state);
  await untilOutput(running, /has read nothing yet/);
  running.process.kill('SIGINT');
  await running.ended;
  const said = (await callCli(['status'], state)).stdout;
  const [, id] = /Continue after its last batch: npm run -s cli -- replay (\S+)\n/.exec(said)!;
  const { code, stdout } = await callCli(['replay', id!, '--json'], state);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).sync).toMatchObject({ syncId: id, state: 'complete' });
});

test('a second Ctrl-C ends it at once, and its servers too', async () => {
  const running = startCli(['sync', '--sandbox'], await synced());
  await untilOutput(running, /Starting the sandbox Primero/);
  running.process.kill('SIGINT');
  await untilOutput(running, /Stopping/);
  running.process.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
});

test('a killed command takes its servers with it, and leaves a database that opens', async () => {
  const state = await synced();
  const running = startCli(['sync', '--sandbox', '--changed-share', '0.3'], state);
  const { ona } = await holder(state);
  await untilOutput(running, /has read nothing yet/);
  running.process.kill('SIGKILL');
  await running.ended;
  const { code } = await callCli(['status'], state);
  expect(code).toBe(0);
  expect(isAlive(ona.pid)).toBe(false);
});

test('the sandbox stays up, stores what is posted, and is looked at by status meanwhile', async () => {
  const state = await synced();
  const running = startCli(['sandbox'], state);
  await untilOutput(running, /Ctrl-C stops/);
  const file = join(state, 'credentials.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const { inbox } = JSON.parse(await readFile(file, 'utf8'));

  const [listed] = (await readdir(join(state, 'inbox'))).filter((name) => name.endsWith('.json'));
  const { data } = JSON.parse(await readFile(join(state, 'inbox', listed!), 'utf8'));
  const response = await fetch(inbox.inboxUrl, {
    method: 'POST',
    headers: { 'x-api-key': inbox.apiKey },
    body: JSON.stringify(data),
  });
  expect(response.status).toBe(202);
  const { id } = (await response.json()) as { id: string };
  await untilOutput(running, new RegExp(`--start get-cases -s \\S+${id}\\.json`));

  // In a terminal Ctrl-C reaches the servers too: they leave it to the command.
  process.kill((await holder(state)).ona.pid, 'SIGINT');
  const status = await callCli(['status'], state);
  const entries = await callCli(['inbox', '--json'], state);
  const other = await callCli(['sync', '--sandbox'], state);
  expect(status).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Complete as of/) });
  expect(JSON.parse(entries.stdout).at(-1)).toMatchObject({ id, state: 'waiting' });
  expect(other).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/LOCAL_DATABASE_OPEN: `sandbox` \(process \d+\)/),
  });

  running.process.kill('SIGINT');
  expect((await running.ended).code).toBe(0);
  expect(await readdir(state)).not.toContain('credentials.json');
});

test('replay runs a message of the inbox again, which changes nothing', async () => {
  const state = await synced();
  const before = JSON.parse((await callCli(['status', '--json'], state)).stdout);
  const entries = JSON.parse((await callCli(['inbox', '--json'], state)).stdout);
  const entry = entries[1];
  expect(entry).toMatchObject({ part: 1, batch: 2, state: 'done', syncId: before.newest.syncId });
  const listed = await callCli(['inbox'], state);
  expect(listed.stdout).toContain(
    `Sync ${entry.syncId}, ${entries.length} messages: ${entries.length} done\n`,
  );
  expect(listed.stdout).toMatch(new RegExp(`\\n  20\\S+ \\S+  done     ${entry.id}\\n`));
  const shown = await callCli(['inbox', 'show', entry.id], state);
  expect(shown.stdout).toMatch(
    /\nBatch 2 of part 1, sync \S+\ncame 20.*, done 20.*\n\{\n {2}"data": \{/,
  );
  const replayed = await callCli(['replay', entry.id, '--json'], state);
  expect(JSON.parse(replayed.stdout)).toMatchObject({ exitCode: 0, outcome: 'complete but' });
  const after = JSON.parse((await callCli(['status', '--json'], state)).stdout);
  expect(after.held).toEqual(before.held);
  expect(after.newest.batches).toBe(before.newest.batches);
});

test('another world is refused, and --reset starts over', async () => {
  const state = await synced();
  await writeFile(join(state, 'mine.txt'), 'not ours to remove');
  const refused = await callCli(['sync', '--sandbox', '--cases', '30'], state);
  expect(refused).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/SANDBOX_DIFFERS: .*--cases 2400 --seed 5.*--reset/),
  });
  const again = await callCli(['sync', '--sandbox', '--cases', '30', '--reset', '--json'], state);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout).sync.heldAfter).toBeLessThanOrEqual(30);
  expect(await readdir(state)).toContain('mine.txt');
});
