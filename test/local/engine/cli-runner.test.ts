import { access } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createCliRunner } from '../../../local/engine/cli-runner.ts';
import { inProject } from '../../../local/paths.ts';
import type { LogLine } from '../../../local/runner/index.ts';
import { isAlive } from '../../support/is-alive.ts';
import { programAs } from './fake-openfn.ts';

const credentials = { ona: { password: 'the-password' } };

test('The CLI gets workflow, step, input and credentials, and its output is the result', async () => {
  const path = await programAs(`
    const folder = dirname(after('-o'));
    end({ data: {
      workflow: argv[0], start: after('--start'), input: read('-s'), credentials: read('--credentials'),
      cache: argv.includes('--no-cache-steps'), folder,
      modes: [statSync(folder).mode & 0o777, statSync(after('--credentials')).mode & 0o777],
    } });
  `);
  const { ok, state } = await createCliRunner(path, { credentials }).run('get-cases', {
    data: { batch: 3 },
  });
  expect(ok).toBe(true);
  const { folder, ...data } = state!.data as Record<string, unknown>;
  expect(data).toEqual({
    workflow: inProject('workflow.json'),
    start: 'get-cases',
    input: { data: { batch: 3 } },
    credentials,
    cache: true,
    modes: [0o700, 0o600],
  });
  await expect(access(String(folder))).rejects.toThrow('ENOENT');
});

test('A failed step is the failure of the run, with its code', async () => {
  const path = await programAs(`
    end({ errors: { 'get-cases': { message: 'PRIMERO_SIGN_IN: no. Check.', name: 'JobError' } } });
  `);
  const { ok, failed } = await createCliRunner(path, { credentials }).run('get-cases', {});
  expect({ ok, failed }).toEqual({
    ok: false,
    failed: { step: 'get-cases', code: 'PRIMERO_SIGN_IN', message: 'PRIMERO_SIGN_IN: no. Check.' },
  });
});

test('A crash without a result is a failure of its own, which quotes no answer', async () => {
  const path = await programAs(`
    console.error('Error: connect ECONNREFUSED 10.0.0.7:5432');
    process.exit(1);
  `);
  const { failed } = await createCliRunner(path, { credentials }, []).run('get-cases', {});
  expect(failed).toMatchObject({ step: null, code: 'CLI_CRASHED' });
  expect(failed!.message).toContain('with code 1 (connect ECONNREFUSED)');

  const leaky = await programAs(`
    console.error('TypeError: cannot read Sokha of undefined');
    process.exit(1);
  `);
  const second = await createCliRunner(leaky, { credentials }, []).run('get-cases', {});
  expect(second.failed!.message).toMatch(/^CLI_CRASHED: openfn ended with code 1 before/);
});

test('A promise that an adaptor let go of does not end the process: the failure has its step and code', async () => {
  const path = await programAs(`
    Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432'));
    setTimeout(() => end({ errors: { 'upsert-cases': { message: 'ONA_UNREACHABLE: no. Check.' } } }), 50);
  `);
  const { failed } = await createCliRunner(path, { credentials }, []).run('get-cases', {});
  expect(failed).toMatchObject({ step: 'upsert-cases', code: 'ONA_UNREACHABLE' });
});

test('A run that crashed is run again, one that failed is not', async () => {
  const path = await programAs(`
    const attempt = Number(readFileSync(__filename + '.n', { flag: 'a+' }).toString() || 0) + 1;
    writeFileSync(__filename + '.n', String(attempt));
    if (attempt < 3) process.exit(1);
    end({ data: { attempt }, ...(attempt === 4 && { errors: { a: { message: 'ONA_BUSY: x' } } }) });
  `);
  const runner = createCliRunner(path, { credentials }, [1, 1]);
  expect((await runner.run('get-cases', {})).state!.data).toEqual({ attempt: 3 });
  const failed = await runner.run('get-cases', {});
  expect(failed).toMatchObject({ failed: { code: 'ONA_BUSY' }, state: { data: { attempt: 4 } } });
});

test('Lines are handed over with their source', async () => {
  const path = await programAs(`
    console.log('[CLI] ✔ Loaded state');
    console.log('[JOB] ℹ Batch 1');
    console.error('[R/T] ✘ Get cases aborted with error');
    console.log('BEGIN succeeded, rowCount: null');
    end({ data: null });
  `);
  const lines: LogLine[] = [];
  const log = (line: LogLine) => void lines.push(line);
  await createCliRunner(path, { credentials, log }).run('get-cases', {});
  const sources = lines.map(({ source, level, text }) => [source, level, text]);
  expect(sources).toContainEqual(['runtime', 'info', '✔ Loaded state']);
  expect(sources).toContainEqual(['job', 'info', 'ℹ Batch 1']);
  expect(sources).toContainEqual(['runtime', 'error', '✘ Get cases aborted with error']);
  expect(sources).toContainEqual(['adaptor', 'info', 'BEGIN succeeded, rowCount: null']);
});

test('Stopping ends the CLI and the child that it works in', async () => {
  const path = await programAs(`
    const child = require('node:child_process').spawn(
      process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    console.log('child ' + child.pid);
  `);
  const controller = new AbortController();
  let child = 0;
  const runner = createCliRunner(path, {
    credentials,
    signal: controller.signal,
    log: ({ text }) => {
      child = Number(text.split(' ')[1]);
      controller.abort();
    },
  });
  const { failed } = await runner.run('get-cases', {});
  expect(failed!.code).toBe('INTERRUPTED');
  for (let n = 0; n < 500 && isAlive(child); n++) await sleep(20);
  expect(isAlive(child)).toBe(false);
});
