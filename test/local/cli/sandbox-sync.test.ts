import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
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

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
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
  expect(first).toMatchObject({ code: 3 });
  expect(first.stdout.trim()).toMatch(/^Complete, with rejects: ONA holds all [\d,]+ cases/);
  expect(first.stdout).toMatch(/Under 18 .* complete/);
  expect(first.stdout).toMatch(/Not loaded.*× .*Where the data is:.*What to try next:/s);
  expect(first.stdout).toMatch(/report\.html {2}both indicators on a page/);
  expect(first.stderr).toMatch(/batch(es)?, [\d,]+ cases\/s: Reintegration /);
});

test('status gives the shape that scripts rely on', async () => {
  const { code, stdout } = await callCli(['status', '--json'], await synced());
  expect(code).toBe(0);
  const status = JSON.parse(stdout);
  const span = [expect.stringMatching(/^1970-01-01T00:00:00Z$/), expect.stringMatching(/^20.*Z$/)];
  const indicator = {
    covered: [span],
    gaps: [],
    expected: expect.any(Number),
    held: expect.any(Number),
    proven: true,
  };
  const whole = expect.any(Number);
  expect(status).toEqual({
    complete: true,
    indicators: { reintegration: indicator, under18: indicator },
    tables: { cases: whole, services: whole, rejects: whole },
    lastSync: {
      syncId: expect.any(String),
      mode: 'sync',
      startedAt: expect.any(String),
      endedAt: expect.any(String),
      batches: whole,
      windowTo: span[1],
      complete: true,
    },
  });
  for (const { expected, held } of [status.indicators.reintegration, status.indicators.under18])
    expect(held).toBe(expected);
});

test('a later sync moves only the quarter that came between; one without changes moves nothing', async () => {
  const state = await synced();
  const second = await callCli(['sync', '--sandbox', '--json'], state);
  expect(second).toMatchObject({ code: 3, stderr: '' });
  const report = JSON.parse(second.stdout);
  expect(report).toMatchObject({
    outcome: 'rejects',
    exitCode: 3,
    error: null,
    status: { complete: true },
  });
  expect(report.cases.inserted + report.cases.updated).toBeGreaterThan(10);
  expect(report.cases.inserted + report.cases.updated).toBeLessThan(240);

  const third = await callCli(['sync', '--sandbox', '--json', '--changes', '0'], state);
  expect(third.code).toBe(3);
  expect(JSON.parse(third.stdout)).toMatchObject({
    cases: { inserted: 0, updated: 0, removed: 0 },
    services: { written: 0, removed: 0 },
  });
});

test('Ctrl-C stops between steps, leaves nothing running, and the next sync goes on', async () => {
  const state = await synced();
  const running = startCli(['sync', '--sandbox', '--changes', '1'], state);
  await untilOutput(running, /1 batch,/);
  const { ona } = await holder(state);
  running.process.kill('SIGINT');
  const { code, stderr, stdout } = await running.ended;
  expect(code).toBe(130);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /INTERRUPTED: stopped after \d+ batch(es)?; the next `sync` goes on from there\n$/,
  );
  expect(isAlive(ona.pid)).toBe(false);
  expect(await answers(ona.address.port)).toBe(false);
  expect(await readdir(state)).not.toContain('lock.json');

  const next = await callCli(['sync', '--sandbox', '--json'], state);
  expect(JSON.parse(next.stdout)).toMatchObject({ outcome: 'rejects', status: { complete: true } });
  const { quarters } = JSON.parse(await readFile(join(state, 'sandbox.json'), 'utf8'));
  expect(quarters).toHaveLength(1);
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
  const running = startCli(['sync', '--sandbox', '--changes', '1'], state);
  const { ona } = await holder(state);
  await untilOutput(running, /1 batch,/);
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
  expect(status).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Complete\. Last sync/) });
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
  const [entry] = JSON.parse((await callCli(['inbox', '--json'], state)).stdout);
  const shown = await callCli(['inbox', 'show', entry.id], state);
  expect(shown.stdout).toMatch(/\ndone\n\{\n {2}"data": \{/);
  const replayed = await callCli(['replay', entry.id, '--json'], state);
  expect(JSON.parse(replayed.stdout)).toMatchObject({
    exitCode: 3,
    cases: { inserted: 0, updated: 0 },
  });
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
  expect([0, 3]).toContain(again.code);
  expect(JSON.parse(again.stdout).status.tables.cases).toBeLessThanOrEqual(30);
  expect(await readdir(state)).toContain('mine.txt');
});
