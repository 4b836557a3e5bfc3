import { expect, onTestFinished, test } from 'vitest';
import type { Message } from '../../jobs/message/message.ts';
import { parseMessage } from '../../jobs/message/parse.ts';
import { createRunner } from '../../local/runner/index.ts';
import { quickTimers } from '../support/quick-timers.ts';
import { type Answer, startWebServer } from '../support/web-server.ts';

const start = async (
  answer: (n: number) => Answer = () => ({ status: 202 }),
  apiKey = 'the-key',
) => {
  const inbox = await startWebServer(answer);
  onTestFinished(() => void inbox.close());
  const timers = quickTimers();
  const credentials = { primero: {}, ona: {}, inbox: { inboxUrl: inbox.url, apiKey } };
  const runner = createRunner({ credentials, globals: timers.globals });
  const posted = () => inbox.requests.map(({ body }) => body as Message);
  return { inbox, posted, timers, run: (data: object) => runner.run('initiate-sync', { data }) };
};

test('The cron posts one message: a census, unless this quarter has one', async () => {
  const { run, posted, inbox } = await start();
  expect((await run({})).ok).toBe(true);
  expect(posted()).toHaveLength(1);
  const [message] = posted() as [Message];
  expect(parseMessage(message)).toBe(message);
  expect(message).toMatchObject({ part: 1, batch: 1, from: '1900-01-01T00:00:00Z', to: null });
  expect(message.unlessCompleteSince).toMatch(/^\d{4}-(01|04|07|10)-01T00:00:00Z$/);
  expect(inbox.requests[0]?.headers['x-api-key']).toBe('the-key');
});

test('What its last run left is no input for the next one', async () => {
  const { run, posted } = await start();
  const { state } = await run({ takeOver: true, acceptRemovals: 3 });
  await run((state as { data: object }).data);
  const [first, second] = posted();
  expect(first).toMatchObject({ takeOver: true, acceptRemovals: 3 });
  expect(second).not.toHaveProperty('takeOver');
  expect(second).toHaveProperty('unlessCompleteSince');
});

test('Neither the key nor the answer stays in its state', async () => {
  const { run } = await start(() => ({ status: 202, body: '{"answer":"kept by nobody"}' }));
  expect((await run({})).state).toEqual({ references: [], data: {} });
});

test('Where the inbox is busy it posts again, after the time that it asks for', async () => {
  const { run, timers, inbox } = await start((n) =>
    n < 3 ? { status: 503, headers: { 'retry-after': '7' } } : { status: 202 },
  );
  expect((await run({})).ok).toBe(true);
  expect(inbox.requests).toHaveLength(3);
  expect(timers.waits).toEqual([7, 7]);
});

test.each<[name: string, data: object, status: number, apiKey: string, text: RegExp]>([
  ['the key is refused', {}, 401, 'k', /^INBOX_REFUSED: The inbox answered with status 401\./],
  [
    'the key is missing',
    {},
    202,
    '',
    /^CREDENTIAL_INVALID: The credential "inbox" has no "apiKey"\./,
  ],
  [
    'the input is none',
    { window: {} },
    202,
    'k',
    /^INPUT_INVALID: "window" is not an input that initiate-sync knows\./,
  ],
])('Where %s it fails at once, and says what to do', async (_, data, status, apiKey, text) => {
  const { run, inbox } = await start(() => ({ status }), apiKey);
  expect((await run(data)).failed?.message).toMatch(text);
  expect(inbox.requests).toHaveLength(status === 401 ? 1 : 0);
});
