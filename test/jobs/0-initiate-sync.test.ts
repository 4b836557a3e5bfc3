import { afterEach, expect, test } from 'vitest';
import type { Message } from '../../jobs/lib/message.ts';
import { createRunner } from '../../local/runner/index.ts';
import { quickTimers } from '../support/quick-timers.ts';
import { type Answer, startWebServer } from '../support/web-server.ts';

let inbox: Awaited<ReturnType<typeof startWebServer>>;
afterEach(() => inbox.close());

const start = async (
  answer: (n: number) => Answer = () => ({ status: 202 }),
  apiKey = 'the-key',
) => {
  inbox = await startWebServer(answer);
  const timers = quickTimers();
  const credentials = { primero: {}, ona: {}, inbox: { inboxUrl: inbox.url, apiKey } };
  const runner = createRunner({ credentials, globals: timers.globals });
  return { timers, run: (data: object) => runner.run('initiate-sync', { data }) };
};

const posted = () => inbox.requests.map(({ body }) => body as Message);

test('posts one message from the start of records to ten minutes ago, with the key', async () => {
  const { run } = await start();
  const before = Date.now();
  const { ok } = await run({});
  expect(ok).toBe(true);
  expect(posted()).toHaveLength(1);
  const [{ window, requests, mode, batch }] = posted() as [Message];
  expect({ mode, batch }).toEqual({ mode: 'sync', batch: 1 });
  expect(window.from).toBe('1970-01-01T00:00:00Z');
  const tenMinutes = 600_000;
  expect(Date.parse(window.to)).toBeGreaterThanOrEqual(before - tenMinutes - 1000);
  expect(Date.parse(window.to)).toBeLessThanOrEqual(Date.now() - tenMinutes);
  expect(requests).toEqual([
    { indicator: 'reintegration', ...window },
    { indicator: 'under18', ...window },
  ]);
  expect(inbox.requests[0]?.headers['x-api-key']).toBe('the-key');
});

test('leaves the end of the window as the cursor from which its next run starts', async () => {
  const { run } = await start();
  const first = await run({});
  const { data } = first.state as { data: { cursor: string } };
  await run(data);
  expect(posted()[1]?.window.from).toBe(data.cursor);
  expect(posted()[1]?.requests.map(({ indicator }) => indicator)).toContain('leavers');
});

test('keeps neither key nor answer in its state', async () => {
  const { run } = await start(() => ({ status: 202, body: '{"answer":"kept by nobody"}' }));
  const { state } = await run({});
  expect(Object.keys(state!)).toEqual(['references', 'data']);
  expect(JSON.stringify(state)).not.toMatch(/the-key|kept by nobody/);
});

test('posts again where the inbox is busy, after the time that it asks for', async () => {
  const { run, timers } = await start((n) =>
    n < 3 ? { status: 503, headers: { 'retry-after': '7' } } : { status: 202 },
  );
  expect((await run({})).ok).toBe(true);
  expect(inbox.requests).toHaveLength(3);
  expect(timers.waits).toEqual([7, 7]);
});

test('fails at once where the key is refused, and says where to look', async () => {
  const { run } = await start(() => ({ status: 401 }));
  const { failed } = await run({});
  expect(inbox.requests).toHaveLength(1);
  expect(failed?.message).toBe(
    'INBOX_REFUSED: The inbox answered with status 401. Check inboxUrl and apiKey in the credential "inbox".',
  );
});

test('names the key that its credential lacks', async () => {
  const { run } = await start(undefined, '');
  expect((await run({})).failed?.message).toBe(
    'CREDENTIAL_INVALID: The credential "inbox" has no "apiKey". Add the named key to the credential and run again.',
  );
  expect(inbox.requests).toHaveLength(0);
});

test('names the field of an input that it does not take, and posts nothing', async () => {
  const { run } = await start();
  expect((await run({ window: {} })).failed?.message).toBe(
    'INPUT_INVALID: "window" is not what initiate-sync takes. Correct the named field of the input of initiate-sync and start it again.',
  );
  expect((await run({ cursor: 'yesterday' })).failed?.message).toMatch(/^INPUT_INVALID: "cursor"/);
  expect(inbox.requests).toHaveLength(0);
});
