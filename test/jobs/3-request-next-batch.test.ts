import { afterEach, expect, test } from 'vitest';
import { createRunner } from '../../local/runner/index.ts';
import { message } from '../support/messages.ts';
import { startWebServer } from '../support/web-server.ts';

let inbox: Awaited<ReturnType<typeof startWebServer>>;
afterEach(() => inbox.close());

const run = async (data: object) => {
  inbox = await startWebServer(() => ({ status: 202, body: '{"answer":"kept by nobody"}' }));
  const credentials = { primero: {}, ona: {}, inbox: { inboxUrl: inbox.url, apiKey: 'the-key' } };
  return createRunner({ credentials }).run('request-next-batch', { data });
};

test('posts the next message, and hands on the summary', async () => {
  const data = { summary: { batch: 3 }, next: message({ batch: 4 }) };
  const { ok, state } = await run(data);
  expect(ok).toBe(true);
  expect(inbox.requests.map(({ body }) => body)).toEqual([data.next]);
  expect(inbox.requests[0]?.headers['x-api-key']).toBe('the-key');
  expect(state).toEqual({ references: [], data });
});

test('posts nothing where the sync has ended', async () => {
  const data = { summary: { batch: 3, complete: true }, next: null };
  const { ok, state } = await run(data);
  expect(ok).toBe(true);
  expect(inbox.requests).toHaveLength(0);
  expect(state).toEqual({ references: [], data });
});
