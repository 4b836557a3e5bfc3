import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import * as errors from '../../jobs/errors/registry.ts';
import { SyncError } from '../../jobs/errors/sync-error.ts';
import { inProject } from '../../local/paths.ts';
import { createRunner, type State } from '../../local/runner/index.ts';
import { builtStep, workflowWith } from '../local/runner/workflow-folder.ts';
import { startWebServer } from '../support/web-server.ts';
import { message } from './message/messages.ts';

const CHILD = 'Sokha Chan';
const ours = new SyncError(errors.ONA_BUSY, 'PostgreSQL reported 55P03 while writing cases.');

const reportCode = () => readFile(inProject('dist', 'jobs', '4-report-failure.js'), 'utf8');

const run = async (state: State, status = 200) => {
  const chat = await startWebServer(() => ({ status }));
  onTestFinished(() => void chat.close());
  const workflowPath = await workflowWith({
    report: { code: await reportCode(), configuration: 'alert' },
  });
  const lines: string[] = [];
  const result = await createRunner({
    workflowPath,
    credentials: { alert: { alertUrl: `${chat.url}/the-secret-path` } },
    log: ({ source, text }) => void (source === 'job' && lines.push(text)),
  }).run('report', state);
  return { ...result, lines, posted: chat.requests.map(({ body }) => body) };
};

const failed = {
  batch: { message: message({ batch: 4 }), rows: [[CHILD]] },
  data: [{ name: CHILD }],
  errors: { 'upsert-cases': { message: `${ours.message}\n${CHILD}`, detail: CHILD, stack: CHILD } },
};

test('It posts step, code, text and batch of the failure, and nothing of a child', async () => {
  const { posted } = await run(failed);
  const { syncId } = message();
  expect(posted).toEqual([
    {
      text: `Primero to ONA: step upsert-cases failed, batch 4 of sync ${syncId}. ${ours.message}`,
      step: 'upsert-cases',
      code: 'ONA_BUSY',
      syncId,
      batch: 4,
    },
  ]);
});

test('The run counts as failed all the same, with the text of the report', async () => {
  const { ok, failed: failure, posted } = await run(failed);
  expect(ok).toBe(false);
  expect(failure?.message).toContain((posted[0] as { text: string }).text);
});

test('A report that cannot be posted is logged, without the URL', async () => {
  const { posted, lines, failed: failure } = await run(failed, 500);
  expect(posted).toHaveLength(1);
  expect(lines.join()).toMatch(/could not be posted: check alertUrl/);
  expect(lines.join() + failure?.message).not.toContain('the-secret-path');
  expect(failure?.message).toContain('ONA_BUSY');
});

/** Get-cases and the step that reports its failure, as the platform has them: ids are UUIDs, edges go by its words. */
const chain = async (data: object) => {
  const chat = await startWebServer(() => ({ status: 200 }));
  onTestFinished(() => void chat.close());
  const report = '6f0c2a1e-7a3b-4c55-9d6e-0b1f2a3c4d5e';
  const workflowPath = await workflowWith({
    '0a9b8c7d-1122-4334-8556-77889900aabb': {
      name: 'Get cases',
      ...(await builtStep('get-cases')),
      next: { [report]: { condition: 'on_job_failure' } },
    },
    [report]: { code: await reportCode(), configuration: 'alert' },
  });
  const result = await createRunner({
    workflowPath,
    credentials: { primero: { url: chat.url, basicAuth: true }, alert: { alertUrl: chat.url } },
  }).run('hook', { data });
  return { ...result, posted: chat.requests.map(({ body }) => body) };
};

test('A job that fails is reported in the same run, which fails with its code', async () => {
  const { posted, ok, steps, failed: failure } = await chain({ name: CHILD, syncId: CHILD });
  expect(posted).toEqual([
    expect.objectContaining({ code: 'MESSAGE_INVALID', syncId: null, batch: null }),
  ]);
  expect(JSON.stringify(posted)).not.toContain(CHILD);
  expect(ok).toBe(false);
  expect(failure?.code).toBe('MESSAGE_INVALID');
  expect(steps).toHaveLength(2);
});
