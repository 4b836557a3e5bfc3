import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { parseMessage } from '../../jobs/lib/message.ts';
import { MAX_AUDITS } from '../../jobs/lib/settings.ts';
import { inProject } from '../../local/paths.ts';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import type { RunResult } from '../../local/runner/index.ts';
import { type Chain, startChain } from '../support/chain.ts';
import { message } from '../support/messages.ts';
import { describeOna } from '../support/ona.ts';
import { startWebServer } from '../support/web-server.ts';
import { putLargeCases } from './large-records.ts';

const STATE_LIMIT = 2_000_000;
const MESSAGE_LIMIT = 4096;
const HOUR = 3_600_000;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Bytes of the largest message, with as many audits and requests as there can be. */
test('the largest message takes less than 4 KB', () => {
  const to = '2026-06-30T00:00:00Z';
  const range = { from: '1970-01-01T00:00:00Z', to };
  const largest = message({
    syncId: 'x'.repeat(40),
    batch: 1_000_000,
    mode: 'backfill',
    pageSize: 1000,
    requests: (['reintegration', 'under18', 'leavers'] as const).map((indicator) => ({
      indicator,
      ...range,
      reconcile: true,
    })),
    proof: {
      attempt: 3,
      mends: 3,
      audits: Array.from({ length: MAX_AUDITS }, () => ({ indicator: 'reintegration', ...range })),
    },
  });
  expect(parseMessage(largest, Date.now())).toEqual(largest);
  expect(bytesOf(largest)).toBeLessThan(MESSAGE_LIMIT);
});

describeOna(
  'a sync at default settings',
  (ona) => {
    let primero: Primero;
    let chain: Chain;
    afterEach(async () => {
      await chain.close();
      await primero.close();
    });

    const statesAndMessages = () => {
      const bytes = chain.runs.flatMap(({ steps }) => steps.map((step) => step.bytes));
      const messages = chain.runs.map(({ state }) =>
        bytesOf((state as { data: { next: unknown } }).data.next),
      );
      return { largestState: Math.max(...bytes), largestMessage: Math.max(...messages) };
    };

    test('of the largest records hands on less than 2 MB a step, in batches that shrink by themselves', async () => {
      primero = await startPrimero({ cases: 60, until: Date.now() - 200 * HOUR });
      putLargeCases(primero.store, 90, Date.now() - HOUR);
      chain = await startChain({ primero, ona });
      const { summary } = await chain.sync();
      expect(summary.complete).toBe(true);
      const { rows } = await ona.query(
        "SELECT count(*)::int AS held FROM cases WHERE primero_id::text LIKE '7777%'",
      );
      expect(rows).toEqual([{ held: 90 }]);
      const { largestState, largestMessage } = statesAndMessages();
      expect(largestState).toBeGreaterThan(500_000);
      expect(largestState).toBeLessThan(STATE_LIMIT);
      expect(largestMessage).toBeLessThan(MESSAGE_LIMIT);
      // 3.6 MB of records: usual ones would take a batch, these take more.
      expect(summary.batch).toBeGreaterThan(3);
    });

    test('of usual records hands on less than 2 MB a step, also in search of a difference', async () => {
      primero = await startPrimero({ cases: 5000 });
      chain = await startChain({ primero, ona });
      await chain.sync();
      await ona.query(
        'DELETE FROM cases WHERE case_id IN (SELECT case_id FROM cases ORDER BY primero_updated_at LIMIT 2)',
      );
      const { summary } = await chain.sync({ cursor: '2026-01-01T00:00:00Z' });
      expect(summary.complete).toBe(true);
      const { largestState, largestMessage } = statesAndMessages();
      expect(largestState).toBeGreaterThan(1_000_000);
      expect(largestState).toBeLessThan(STATE_LIMIT);
      expect(largestMessage).toBeLessThan(MESSAGE_LIMIT);
      const messages = chain.runs.map(({ state }) => JSON.stringify(state?.data));
      expect(messages.some((text) => text.includes('"audits":['))).toBe(true);
    });

    /**
     * Runs one batch in a process of its own, whose heap ends where a run's memory does on the platform, and
     * measures the most that the whole process ever took.
     */
    const batchInOwnProcess = async (credentials: object) => {
      const folder = await mkdtemp(inProject('node_modules', '.cache', 'batch-'));
      onTestFinished(() => rm(folder, { recursive: true }));
      const runner = join(folder, 'runner.mjs');
      const options = {
        bundle: true,
        format: 'esm',
        platform: 'node',
        packages: 'external',
      } as const;
      const entryPoints = [inProject('local', 'runner', 'index.ts')];
      await build({ ...options, entryPoints, outfile: runner });
      const script = join(folder, 'batch.mjs');
      await writeFile(
        script,
        `import { existsSync, readFileSync } from 'node:fs';
         import { createRunner } from './runner.mjs';
         const credentials = ${JSON.stringify(credentials)};
         const { run } = createRunner({ credentials });
         const { ok, failed, steps } = await run('get-cases', { data: ${JSON.stringify(message())} });
         // Of a new process, Linux's maxRSS begins with what its parent took: VmHWM is its own.
         const own = existsSync('/proc/self/status') && readFileSync('/proc/self/status', 'utf8');
         const peakKB = own ? Number(/VmHWM:\\s+(\\d+)/.exec(own)[1]) : process.resourceUsage().maxRSS;
         const peakMB = peakKB / 1024;
         console.log(JSON.stringify({ ok, failed, steps, peakMB }));`,
      );
      const flags = ['--experimental-vm-modules', '--no-warnings', '--max-old-space-size=192'];
      const { stdout } = await promisify(execFile)('node', [...flags, script]);
      return JSON.parse(stdout) as Pick<RunResult, 'ok' | 'failed' | 'steps'> & { peakMB: number };
    };

    test.each(['usual', 'largest'])(
      'takes less than 256 MB for a whole batch of %s records',
      async (size) => {
        primero = await startPrimero({ cases: size === 'usual' ? 5000 : 60 });
        if (size === 'largest') putLargeCases(primero.store, 90, Date.parse(message().window.to));
        chain = await startChain({ primero, ona });
        const { url, user, password } = primero;
        const inbox = await startWebServer(() => ({ status: 202 }));
        onTestFinished(() => void inbox.close());
        const { ok, failed, steps, peakMB } = await batchInOwnProcess({
          primero: { url, user, password, basicAuth: true },
          ona: ona.credentials,
          inbox: { inboxUrl: inbox.url, apiKey: 'key' },
        });
        expect(failed).toBeNull();
        expect(ok).toBe(true);
        expect(Math.max(...steps.map(({ bytes }) => bytes))).toBeGreaterThan(500_000);
        expect(peakMB).toBeGreaterThan(40);
        expect(peakMB).toBeLessThan(256);
      },
    );
  },
  { only: 'PGlite' },
);
