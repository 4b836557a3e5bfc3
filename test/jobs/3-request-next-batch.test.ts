import { expect, onTestFinished, test } from 'vitest';
import { createRunner } from '../../local/runner/index.ts';
import { startWebServer } from '../support/web-server.ts';
import { message } from './message/messages.ts';

const run = async (data: object) => {
  const inbox = await startWebServer(() => ({ status: 202, body: '{"answer":"kept by nobody"}' }));
  onTestFinished(() => void inbox.close());
  const credentials = { primero: {}, ona: {}, inbox: { inboxUrl: inbox.url, apiKey: 'the-key' } };
  const result = await createRunner({ credentials }).run('request-next-batch', { data });
  return { ...result, posted: inbox.requests.map(({ body }) => body) };
};

test('The messages that follow are posted, and the summary is handed on', async () => {
  const next = [message({ batch: 4 }), message({ batch: 2, part: 2 })];
  const data = { summary: { batch: 3 }, next };
  const { ok, state, posted } = await run(data);
  expect(ok).toBe(true);
  expect(posted).toEqual(next);
  expect(state).toEqual({ references: [], data });
});

test('Nothing is posted where the chain has ended', async () => {
  const data = { summary: { batch: 3, state: 'complete' }, next: [] };
  const { ok, state, posted } = await run(data);
  expect(ok).toBe(true);
  expect(posted).toEqual([]);
  expect(state).toEqual({ references: [], data });
});
