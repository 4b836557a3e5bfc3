import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import type { Message } from '../../jobs/message/message.ts';
import { parseMessage } from '../../jobs/message/parse.ts';
import { inProject } from '../../local/paths.ts';
import type { Primero } from '../../local/primero/index.ts';
import type { RunResult } from '../../local/runner/index.ts';
import { firstMessage, idOf, message } from '../jobs/message/messages.ts';
import { builtStep, workflowWith } from '../local/runner/workflow-folder.ts';
import { census } from '../support/census.ts';
import { describeOna, type TestOna } from '../support/ona.ts';
import { findDifferences } from '../support/oracle.ts';
import { testPrimero } from '../support/primero.ts';
import { putLargeCases } from './large-records.ts';

const STATE_LIMIT = 2_000_000;
const ROWS_LIMIT = 1_800_000;
const HEAP_MB = 128;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

test('the bundles of the chain have fewer than 2,400 lines: a run compiles them before it starts', async () => {
  const jobs = ['0-initiate-sync', '1-get-cases', '2-upsert-cases', '3-request-next-batch'];
  const bundles = await Promise.all(
    jobs.map((job) => readFile(inProject('dist', 'jobs', `${job}.js`), 'utf8')),
  );
  expect(bundles.join('').match(/\n/g)!.length).toBeLessThan(2400);
});

test('the largest message takes less than 24 KB', () => {
  const seconds = Array.from({ length: 100 }, (_, n) =>
    new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString().replace('.000', ''),
  );
  const largest = message({
    syncId: 'x'.repeat(40),
    part: 16,
    batch: 1_000_000,
    from: null,
    to: '9999-12-31T23:59:59Z',
    ask: Array.from({ length: 500 }, (_, n) => idOf(n)),
    recount: seconds,
  });
  expect(parseMessage(largest)).toBe(largest);
  expect(bytesOf(largest)).toBeLessThan(24_000);
});

/** A workflow of both jobs of a batch. */
const bothJobs = async (): Promise<string> =>
  workflowWith({
    get: {
      ...(await builtStep('get-cases')),
      next: { upsert: { condition: '!state.errors' } },
    },
    upsert: await builtStep('upsert-cases'),
  });

/** Runs one batch in a process of its own, whose heap is half of what a run has on the platform. */
const batchInOwnProcess = async (
  primero: Primero,
  ona: Pick<TestOna, 'credentials'>,
  data: Message,
) => {
  const folder = await mkdtemp(inProject('node_modules', '.cache', 'batch-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await build({
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    entryPoints: [inProject('local', 'runner', 'index.ts')],
    outfile: join(folder, 'runner.mjs'),
  });
  const credentials = { primero: primero.credential, ona: ona.credentials };
  const options = { credentials, workflowPath: await bothJobs() };
  const script = join(folder, 'batch.mjs');
  await writeFile(
    script,
    `import { createRunner } from './runner.mjs';
     const { run } = createRunner(${JSON.stringify(options)});
     const { ok, failed, steps } = await run('get', { data: ${JSON.stringify(data)} });
     console.log(JSON.stringify({ ok, failed, steps }));`,
  );
  const flags = ['--experimental-vm-modules', '--no-warnings', `--max-old-space-size=${HEAP_MB}`];
  const { stdout } = await promisify(execFile)('node', [...flags, script]);
  return JSON.parse(stdout) as Pick<RunResult, 'ok' | 'failed' | 'steps'>;
};

describeOna('a batch fits the platform', (ona) => {
  test.each(['usual', 'largest'])(
    'of %s records: its state, and a run in a small heap',
    async (size) => {
      const primero = await testPrimero({ cases: size === 'usual' ? 9000 : 0 });
      if (size === 'largest') putLargeCases(primero.store, 80);
      if (size === 'largest') expect(bytesOf(primero.store.record(0))).toBeGreaterThan(195_000);
      const { batch, get, chain } = census({ primero, ona });
      const first = await batch(firstMessage());
      const [second] = (first.state.data as { next: Message[] }).next;
      const { ok, failed, steps } = await batchInOwnProcess(primero, ona, second!);
      expect(failed).toBeNull();
      expect(ok).toBe(true);
      expect(Math.max(...steps.map(({ bytes }) => bytes))).toBeGreaterThan(1_000_000);
      for (const { bytes } of steps) expect(bytes).toBeLessThan(STATE_LIMIT);
      const { state } = await get(second!);
      const { rows, next } = state.batch as { rows: unknown[]; next: string | null };
      expect(bytesOf(rows)).toBeLessThanOrEqual(ROWS_LIMIT);
      expect(next).not.toBeNull();
      expect((await chain(second!)).last.state).toBe('complete');
      expect(await findDifferences(primero, ona)).toEqual([]);
    },
    240_000,
  );
});
