import { readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { createRunner } from '../../../local/runner/index.ts';
import { jobOf } from '../runner/workflow-folder.ts';
import { KEY, message, ownFolder, post, started } from './started-inbox.ts';

/** A handler that waits in each run until it is told how that ends. */
const held = () => {
  const runs: { id: string; end: (how: { ok: true } | { ok: false; reason: string }) => void }[] =
    [];
  let arrived = () => {};
  const handle = (_message: unknown, id: string) =>
    new Promise<{ ok: true } | { ok: false; reason: string }>((resolve) => {
      runs.push({ id, end: resolve });
      arrived();
    });
  const next = async (count: number) => {
    while (runs.length < count)
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    return runs[count - 1]!;
  };
  return { handle, next, runs };
};

test('A message is stored before it is answered, as a file that openfn takes too', async () => {
  const { handle, next } = held();
  const inbox = await started({ folder: await ownFolder(), handle });
  const answer = await post(inbox, message(4, { part: 2 }));
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  expect(id).toMatch(/^20261001T000000Z-k3v9-p2-b0004-000001-[a-z0-9]{4}$/);
  const [entry] = await inbox.list();
  expect(entry).toMatchObject({
    ...{ id, state: 'waiting', part: 2, batch: 4, syncId: '20261001T000000Z-k3v9' },
  });
  expect(JSON.parse(await readFile(entry!.file, 'utf8'))).toEqual({
    data: message(4, { part: 2 }),
  });
  expect((await stat(entry!.file)).mode & 0o777).toBe(0o600);
  (await next(1)).end({ ok: true });
});

test('The file of a message is an input that the runner takes as it is', async () => {
  const inbox = await started({ folder: await ownFolder() });
  await post(inbox, message(4));
  await inbox.idle();
  const [entry] = await inbox.list();
  const workflowPath = await jobOf('export default [(s) => ({ ...s, data: s.data.batch })];');
  const input = JSON.parse(await readFile(entry!.file, 'utf8'));
  const result = await createRunner({ credentials: {}, workflowPath }).run('only', input);
  expect(result.state).toEqual({ data: 4 });
});

test('Messages run in the order in which they came, one at a time, and say what came of them', async () => {
  const { handle, next, runs } = held();
  const inbox = await started({ folder: await ownFolder(), handle });
  for (const batch of [1, 2, 3]) await post(inbox, message(batch));
  (await next(1)).end({ ok: true });
  (await next(2)).end({ ok: false, reason: 'PRIMERO_DOWN: later' });
  await next(3);
  expect(runs.map(({ id }) => id.slice(-17, -5))).toEqual([
    'b0001-000001',
    'b0002-000002',
    'b0003-000003',
  ]);
  expect((await inbox.list()).map(({ state, reason }) => [state, reason])).toEqual([
    ['done', undefined],
    ['failed', 'PRIMERO_DOWN: later'],
    ['waiting', undefined],
  ]);
  runs[2]!.end({ ok: true });
});

test('Several may run at a time, and no more than were allowed', async () => {
  const { handle, next, runs } = held();
  const inbox = await started({ folder: await ownFolder(), handle, atOnce: 2 });
  for (const batch of [1, 2, 3]) await post(inbox, message(batch));
  await next(2);
  // The third is stored by now, and would have started if there were room for it.
  expect(runs).toHaveLength(2);
  expect(await inbox.list({ state: 'waiting' })).toHaveLength(3);
  runs[1]!.end({ ok: true });
  await next(3);
  expect((await inbox.list()).map(({ state }) => state)).toEqual(['waiting', 'done', 'waiting']);
  runs[0]!.end({ ok: true });
  runs[2]!.end({ ok: true });
  await inbox.idle();
  expect((await inbox.list()).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
});

test('A handler that throws is a run that failed', async () => {
  const handle = async () => {
    throw new Error('BROKEN: twice');
  };
  const inbox = await started({ folder: await ownFolder(), handle });
  await post(inbox, message(1));
  await inbox.idle();
  expect(await inbox.list()).toMatchObject([{ state: 'failed', reason: 'BROKEN: twice' }]);
});

test('A message equal to one that has not started is accepted and run once for both', async () => {
  const { handle, next, runs } = held();
  const inbox = await started({ folder: await ownFolder(), handle });
  await post(inbox, message(1));
  await next(1);
  const answers = await Promise.all([post(inbox, message(2)), post(inbox, message(2))]);
  const [one, two] = await Promise.all(answers.map((answer) => answer.json()));
  expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  expect(one).toEqual(two);
  await post(inbox, message(2, { attempt: 2 }));
  runs[0]!.end({ ok: true });
  (await next(2)).end({ ok: true });
  (await next(3)).end({ ok: true });
  await inbox.idle();
  expect(await inbox.list()).toHaveLength(3);
});

test('A message equal to the one that runs is run after it', async () => {
  const { handle, next } = held();
  const inbox = await started({ folder: await ownFolder(), handle });
  await post(inbox, message(1));
  await next(1);
  await post(inbox, message(1));
  (await next(1)).end({ ok: false, reason: 'x' });
  (await next(2)).end({ ok: true });
  await inbox.idle();
  expect((await inbox.list()).map(({ state }) => state)).toEqual(['failed', 'done']);
});

test('A run may post the next message, and idle waits for the whole chain', async () => {
  const ran: number[] = [];
  const inbox = await started({
    folder: await ownFolder(),
    handle: async (body, _id, { url }) => {
      const { batch } = body as { batch: number };
      ran.push(batch);
      const headers = { 'x-api-key': KEY };
      const next = JSON.stringify(message(batch + 1));
      if (batch < 5)
        expect((await fetch(url, { method: 'POST', headers, body: next })).ok).toBe(true);
      return { ok: true };
    },
  });
  await inbox.accept(message(1));
  await inbox.idle();
  expect(ran).toEqual([1, 2, 3, 4, 5]);
});

test('What an earlier inbox left waiting is run at the next start, what it finished is not', async () => {
  const folder = await ownFolder();
  const { handle, next } = held();
  const first = await started({ folder, handle });
  for (const batch of [1, 2, 3]) await post(first, message(batch));
  (await next(1)).end({ ok: true });
  const current = await next(2);
  const closing = first.close({ abort: true });
  current.end({ ok: false, reason: 'INTERRUPTED: on request' });
  await closing;
  expect((await first.list()).map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting']);

  const ran: number[] = [];
  const second = await started({
    folder,
    handle: async (body) => {
      ran.push((body as { batch: number }).batch);
      return { ok: true };
    },
  });
  await post(second, message(4));
  await second.idle();
  expect(ran).toEqual([2, 3, 4]);
});

test('A message that was being run when its process died is run at the next start', async () => {
  const folder = await ownFolder();
  const { handle, next, runs } = held();
  await post(await started({ folder, handle }), message(1));
  // The first inbox stays in the middle of its run for good, as a killed process would.
  await next(1);
  let again = 0;
  const second = await started({
    folder,
    handle: async () => {
      again += 1;
      return { ok: true };
    },
  });
  await second.idle();
  expect(again).toBe(1);
  runs[0]!.end({ ok: true });
});

test('Closing waits for the current run, and leaves the rest waiting', async () => {
  const { handle, next, runs } = held();
  const inbox = await started({ folder: await ownFolder(), handle });
  for (const batch of [1, 2]) await post(inbox, message(batch));
  await next(1);
  let closed = false;
  const closing = inbox.close().then(() => {
    closed = true;
  });
  expect((await post(inbox, message(3))).status).toBe(202);
  expect(closed).toBe(false);
  runs[0]!.end({ ok: true });
  await closing;
  expect((await inbox.list()).map(({ state }) => state)).toEqual(['done', 'waiting', 'waiting']);
});

test('A signal stops the inbox after the current run, whose message stays waiting if it failed', async () => {
  const { handle, next } = held();
  const stop = new AbortController();
  const inbox = await started({ folder: await ownFolder(), handle, signal: stop.signal });
  for (const batch of [1, 2]) await post(inbox, message(batch));
  const current = await next(1);
  stop.abort();
  current.end({ ok: false, reason: 'INTERRUPTED: on request' });
  await inbox.idle();
  expect((await inbox.list()).map(({ state }) => state)).toEqual(['waiting', 'waiting']);
});

test('Runs begin only when the caller has the inbox', async () => {
  const folder = await ownFolder();
  const { handle, next } = held();
  const first = await started({ folder, handle });
  await post(first, message(1));
  const current = await next(1);
  const closing = first.close({ abort: true });
  current.end({ ok: false, reason: 'x' });
  await closing;
  let url = '';
  const seen: string[] = [];
  const second = await started({
    folder,
    handle: async () => {
      seen.push(url);
      return { ok: true };
    },
  });
  url = second.url;
  await second.idle();
  expect(seen).toEqual([second.url]);
});

test('A key must be set, and a taken port is named', async () => {
  const folder = await ownFolder();
  await expect(started({ folder, apiKey: '' })).rejects.toThrow(/^INBOX_KEY_MISSING: /);
  const { url } = await started({ folder });
  const port = Number(new URL(url).port);
  await expect(started({ folder, port })).rejects.toThrow(
    `INBOX_PORT_TAKEN: can't listen on 127.0.0.1:${port} (EADDRINUSE): stop it, or choose another`,
  );
});
