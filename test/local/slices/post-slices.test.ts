import { afterEach, expect, test } from 'vitest';
import type { Message } from '../../../jobs/lib/message.ts';
import { firstMessage } from '../../../jobs/lib/start.ts';
import { addSeconds } from '../../../jobs/lib/time.ts';
import { sliceMessages } from '../../../local/slices/messages.ts';
import { postSlices } from '../../../local/slices/post-slices.ts';
import { describeOna } from '../../support/ona.ts';
import { type Answer, startWebServer } from '../../support/web-server.ts';

const PARTS = [
  { from: '2026-01-01T00:00:00Z', to: '2026-01-31T23:59:59Z' },
  { from: '2026-02-01T00:00:00Z', to: '2026-02-28T23:59:59Z' },
];
const messages = sliceMessages(firstMessage({}, Date.now(), Math.random), PARTS);

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const startInbox = async (answer: (n: number) => Answer) => {
  const inbox = await startWebServer(answer);
  closers.push(inbox.close);
  return inbox;
};

describeOna('slices behind an inbox elsewhere', (ona) => {
  const run = (inboxUrl: string, signal = new AbortController().signal) => ({
    credentials: {
      primero: { url: 'http://127.0.0.1:1', user: 'sync', password: 'x', basicAuth: true },
      ona: ona.credentials,
      inbox: { inboxUrl, apiKey: 'the-key' },
    },
    paths: { inbox: '', cursor: '' },
    signal,
    watchEveryMs: 10,
  });

  /** What the platform's run of a slice would leave in the ledger. */
  const cover = async ({ syncId, window }: Message) => {
    await ona.query(
      `INSERT INTO sync_batches (sync_id, batch, mode, window_to, fetched_at, indicator, covered,
                                 fetched, inserted, updated, unchanged, removed, rejected)
       SELECT $1, 1, 'slice', $3, now(), i, tstzrange($2, $3), 0, 0, 0, 0, 0, 0
       FROM (VALUES ('reintegration'), ('under18'), ('leavers')) v (i)`,
      [syncId, window.from, addSeconds(window.to, 1)],
    );
  };

  test('each gets its first message, with the key, and is waited for until its part has no gap', async () => {
    const inbox = await startInbox(() => ({ status: 202 }));
    let isOver = false;
    const posting = postSlices(run(inbox.url), messages).then((failures) => {
      isOver = true;
      return failures;
    });
    await expect.poll(() => inbox.requests.length).toBe(2);
    expect(inbox.requests.map(({ body }) => body)).toEqual(messages);
    expect(inbox.requests[1]!.headers['x-api-key']).toBe('the-key');
    await cover(messages[0]!);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isOver).toBe(false);
    await cover(messages[1]!);
    expect(await posting).toEqual([]);
  });

  test('an inbox that refuses the second one is not waited for', async () => {
    const inbox = await startInbox((n) => ({ status: n === 1 ? 202 : 401 }));
    expect(await postSlices(run(inbox.url), messages)).toEqual([
      expect.stringMatching(/^INBOX_REFUSED: /),
    ]);
  });

  test('are left alone once the command is stopped', async () => {
    const inbox = await startInbox(() => ({ status: 202 }));
    const stop = new AbortController();
    const posting = postSlices(run(inbox.url, stop.signal), messages);
    await expect.poll(() => inbox.requests.length).toBe(2);
    stop.abort();
    expect(await posting).toEqual([]);
  });
});
