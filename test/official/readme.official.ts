import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireCli } from '../../local/engine/find-cli.ts';
import { inProject } from '../../local/paths.ts';
import { startCli, untilOutput } from '../local/cli/run-cli.ts';

const cli = await requireCli();

let folder: string;
let sandbox: ReturnType<typeof startCli>;
const file = (name: string) => join(folder, `${name}.json`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readme-'));
  sandbox = startCli(['sandbox', '--cases', '500'], folder);
  await untilOutput(sandbox, /Ctrl-C stops/);
}, 120_000);

afterAll(async () => {
  sandbox.process.kill('SIGINT');
  await sandbox.ended;
  await rm(folder, { recursive: true });
});

/** What stands in the README after \`openfn\`, in the project's folder. */
const openfn = async (...args: string[]) => {
  const credentials = ['--credentials', file('credentials')];
  await promisify(execFile)(cli, ['workflow.json', ...credentials, ...args], { cwd: inProject() });
};

const read = async (name: string) => JSON.parse(await readFile(file(name), 'utf8'));

test('by hand: job 0, a batch from its message, and each job alone', async () => {
  await openfn('-s', 'state/initiate-sync.json', '-o', file('started'));
  const started = await read('started');
  expect(Object.keys(started.data)).toEqual(['cursor', 'next']);
  await untilOutput(sandbox, /--start get-cases -s (\S+)/);
  const [, message = ''] = /--start get-cases -s (\S+)/.exec(sandbox.output())!;

  await openfn('--start', 'get-cases', '-s', message, '-o', file('batch'));
  const { data } = await read('batch');
  expect(data.summary.indicators.under18.inserted).toBeGreaterThan(50);

  await openfn('--only', 'get-cases', '-s', message, '-o', file('job1'));
  await openfn('--only', 'upsert-cases', '-s', file('job1'), '-o', file('job2'));
  const again = (await read('job2')).data;
  expect(again.summary.batch).toBe(1);
  for (const { inserted, updated } of Object.values<Record<string, number>>(
    again.summary.indicators,
  ))
    expect({ inserted, updated }).toEqual({ inserted: 0, updated: 0 });
  await openfn('--only', 'request-next-batch', '-s', file('job2'), '-o', file('job3'));
  expect((await read('job3')).data).toEqual(again);
});
