import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkInbox } from '../../../local/check/inbox.ts';
import { OUR_GREETING, startInbox } from '../../../local/inbox/index.ts';
import { startWebServer } from '../../support/web-server.ts';

const look = (inboxUrl: string, apiKey = 'the-key') =>
  checkInbox({ inboxUrl, apiKey }, AbortSignal.timeout(5000));

const started = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  const handled: unknown[] = [];
  const inbox = await startInbox({
    folder,
    apiKey: 'the-key',
    validate: (body) => (Object(body).type === 'a-message' ? null : 'no message'),
    handle: async (message) => {
      handled.push(message);
      return { ok: true };
    },
  });
  onTestFinished(async () => {
    await inbox.close();
    await rm(folder, { recursive: true });
  });
  return { inbox, handled };
};

test('A right key is fine, a wrong one is a problem, and neither starts a run', async () => {
  const { inbox, handled } = await started();
  expect(await look(inbox.url)).toMatchObject([
    { level: 'ok', text: 'it is running, accepts the key, and refuses what is not a message' },
  ]);
  const [wrong] = await look(inbox.url, 'another');
  expect(wrong).toMatchObject({ level: 'problem', text: expect.stringContaining('status 401') });
  await inbox.idle();
  expect(await inbox.list()).toEqual([]);
  expect(handled).toEqual([]);
});

test('An unknown address is a problem', async () => {
  const { inbox } = await started();
  const [line] = await look(inbox.url.replace('primero-ona-sync', 'other'));
  expect(line).toMatchObject({ level: 'problem', text: expect.stringContaining('status 404') });
});

test('An inbox that needs no key is a problem', async () => {
  const open = await startWebServer(() => ({ status: 200 }));
  onTestFinished(async () => void (await open.close()));
  expect(await look(open.url)).toMatchObject([
    { level: 'problem', text: expect.stringContaining('without a key') },
  ]);
});

test('Any other answer is a warning', async () => {
  const busy = await startWebServer(() => ({ status: 503 }));
  onTestFinished(async () => void (await busy.close()));
  expect(await look(busy.url)).toMatchObject([{ level: 'warning' }]);
});

test('An inbox of others is only asked, by GET: no message is posted to it', async () => {
  const methods: string[] = [];
  const platform = await startWebServer((_, { method, headers }) => {
    methods.push(method);
    return { status: headers['x-api-key'] === 'the-key' ? 200 : 401 };
  });
  onTestFinished(async () => void (await platform.close()));
  expect(await look(platform.url)).toMatchObject([
    { level: 'ok', text: 'it is running, and accepts the key' },
  ]);
  expect(methods).toEqual(['GET', 'GET']);
});

test('An inbox of ours that does not refuse what is no message is a problem', async () => {
  const broken = await startWebServer((_, { method, headers }) => {
    if (headers['x-api-key'] !== 'the-key') return { status: 401 };
    return method === 'GET'
      ? { status: 200, body: JSON.stringify({ message: OUR_GREETING }) }
      : { status: 500 };
  });
  onTestFinished(async () => void (await broken.close()));
  expect(await look(broken.url)).toMatchObject([
    { level: 'problem', text: 'it answers with status 500 to what is not a message' },
  ]);
});
