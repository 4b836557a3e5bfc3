import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import * as errors from '../../jobs/errors/registry.ts';
import { SyncError } from '../../jobs/errors/sync-error.ts';
import { inProject } from '../../local/paths.ts';
import { createRunner, type State } from '../../local/runner/index.ts';
import { workflowWith } from '../local/runner/workflow-folder.ts';
import { startWebServer } from '../support/web-server.ts';
import { message } from './message/messages.ts';

const CHILD = 'Sokha Chan';
const ours = new SyncError(errors.ONA_BUSY, 'PostgreSQL reported 55P03 while writing cases.');

const run = async (state: State, status = 200) => {
  const chat = await startWebServer(() => ({ status }));
  onTestFinished(() => void chat.close());
  const code = await readFile(inProject('dist', 'jobs', '4-report-failure.js'), 'utf8');
  const workflowPath = await workflowWith({ report: { code, configuration: 'alert' } });
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
