import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { SyncError } from '../../jobs/lib/errors.ts';
import { inProject } from '../../local/paths.ts';
import { ALERT_STEP } from '../../local/project/add-alert.ts';
import { createRunner, type State } from '../../local/runner/index.ts';
import { message } from '../support/messages.ts';
import { startWebServer } from '../support/web-server.ts';

let folder: string;
let chat: Awaited<ReturnType<typeof startWebServer>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alert-'));
  const step = { ...ALERT_STEP, expression: inProject('dist', 'jobs', '4-report-failure.js') };
  await writeFile(join(folder, 'workflow.json'), JSON.stringify({ steps: [step] }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => chat.close());

const run = async (state: State, status = 200) => {
  chat = await startWebServer(() => ({ status }));
  const lines: string[] = [];
  const runner = createRunner({
    workflowPath: join(folder, 'workflow.json'),
    credentials: { alert: { alertUrl: `${chat.url}/the-secret-path` } },
    log: ({ source, text }) => void (source === 'job' && lines.push(text)),
  });
  return { lines, ...(await runner.run('report-failure', state)) };
};

const ours = new SyncError('ONA_BUSY', 'Writing cases waited for 60 s.');
const CHILD = 'Sokha Chan';

test('posts step, code, text and batch of the failure, and nothing of a case', async () => {
  const { state } = await run({
    batch: { message: message({ batch: 4 }), results: [{ records: [{ name: CHILD }] }] },
    data: [{ name: CHILD }],
    errors: {
      'upsert-cases': { message: `${ours.message}\n${CHILD}`, detail: CHILD, stack: CHILD },
    },
  });
  const { syncId } = message();
  expect(chat.requests.map(({ body }) => body)).toEqual([
    {
      text: `Primero to ONA: step upsert-cases failed, batch 4 of sync ${syncId}. ${ours.message}`,
      step: 'upsert-cases',
      code: 'ONA_BUSY',
      syncId,
      batch: 4,
    },
  ]);
  expect(Object.keys(state!)).toEqual(['errors', 'data', 'references']);
  expect(state!.data).toBeNull();
});

test('leaves out any text that is not one of our errors', async () => {
  const text = `Server responded with: {"name":"${CHILD}"}`;
  await run({ data: message({ batch: 2 }), errors: { 'get-cases': { message: text } } });
  expect(chat.requests[0]!.body).toMatchObject({ code: 'UNKNOWN', batch: 2 });
  expect(JSON.stringify(chat.requests)).not.toContain(CHILD);
});

test('finds the batch in the summary of the step before', async () => {
  await run({
    data: { summary: { syncId: 'a-b', batch: 7 }, next: { syncId: 'a-b', batch: 8 } },
    errors: { 'request-next-batch': { message: 'INBOX_REFUSED: no.' } },
  });
  expect(chat.requests[0]!.body).toMatchObject({ code: 'INBOX_REFUSED', syncId: 'a-b', batch: 7 });
});

test('does not fail, and shows no URL, where the report cannot be posted', async () => {
  const { ok, lines } = await run({ data: {}, errors: { 'get-cases': { message: 'x' } } }, 500);
  expect(ok).toBe(true);
  expect(chat.requests).toHaveLength(1);
  expect(lines.join()).toMatch(/could not be posted: check alertUrl/);
  expect(lines.join()).not.toContain('the-secret-path');
});
