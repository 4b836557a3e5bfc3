import { post } from '@openfn/language-http';
import { describe, expect, onTestFinished, test } from 'vitest';
import { handOnData, handOnNothing, postNext, startSync } from '../../../jobs/message/post.ts';
import { type Answer, startWebServer } from '../../support/web-server.ts';
import { firstMessage, message } from './messages.ts';

const start = async (answer: (n: number) => Answer = () => ({ status: 202 })) => {
  const inbox = await startWebServer(answer);
  onTestFinished(() => void inbox.close());
  const configuration = { inboxUrl: inbox.url, apiKey: 'the-key' };
  return {
    inbox,
    send: (next: unknown, more: object = {}) =>
      postNext(post)({
        configuration: { ...configuration, ...more },
        references: [],
        data: { next },
      }),
  };
};

describe('What follows a batch is posted', () => {
  test('with the key, and the state stays as it is', async () => {
    const { inbox, send } = await start(() => ({
      status: 202,
      body: '{"answer":"kept by nobody"}',
    }));
    const state = await send([message()]);
    expect(inbox.requests.map(({ body }) => body)).toEqual([message()]);
    expect(inbox.requests[0]!.headers['x-api-key']).toBe('the-key');
    expect(state).toMatchObject({ references: [], data: { next: [message()] } });
    expect(JSON.stringify(state)).not.toContain('kept by nobody');
  });

  test('as one message for each part', async () => {
    const { inbox, send } = await start();
    await send([message(), message({ part: 2 })]);
    expect(inbox.requests.map(({ body }) => body)).toEqual([message(), message({ part: 2 })]);
  });

  test.each([
    ['nothing follows', []],
    ['no step before said what follows', undefined],
    ['it is the next batch of a dry run', [message({ dryRun: true })]],
  ])('not at all where %s', async (_, next) => {
    const { inbox, send } = await start();
    await send(next);
    expect(inbox.requests).toEqual([]);
  });

  test('where a dry run begins', async () => {
    const { inbox, send } = await start();
    await send([firstMessage({ dryRun: true })]);
    expect(inbox.requests).toHaveLength(1);
  });

  test('again where the inbox is busy', async () => {
    const { inbox, send } = await start((n) => ({ status: n === 1 ? 503 : 202 }));
    await send([message()]);
    expect(inbox.requests).toHaveLength(2);
  });

  test('once where the inbox refuses it, and the error says where to look', async () => {
    const { inbox, send } = await start(() => ({ status: 401 }));
    await expect(send([message()])).rejects.toThrow(
      'INBOX_REFUSED: The inbox answered with status 401. Check "inboxUrl" and "apiKey" in the credential "inbox".',
    );
    expect(inbox.requests).toHaveLength(1);
  });

  test.each([
    [{ inboxUrl: '' }, 'inboxUrl'],
    [{ apiKey: undefined }, 'apiKey'],
    [{ apiKey: 7 }, 'apiKey'],
  ])('not with a credential such as %j', async (more, key) => {
    const { inbox, send } = await start();
    await expect(send([message()], more)).rejects.toThrow(
      `CREDENTIAL_INVALID: The credential "inbox" has no "${key}".`,
    );
    expect(inbox.requests).toEqual([]);
  });
});

test('A sync starts with one message, made from the input', () => {
  const { data } = startSync({ configuration: {}, references: [1], data: { parts: 2 } });
  const { next } = data as { next: unknown[] };
  expect(next).toEqual([expect.objectContaining({ batch: 1, parts: 2 })]);
});

test('initiate-sync leaves nothing: it is the next run of the cron', () => {
  const state = { configuration: { apiKey: 'k' }, references: [1], data: { next: [message()] } };
  expect(handOnNothing(state)).toEqual({
    configuration: { apiKey: 'k' },
    references: [],
    data: {},
  });
});

test('request-next-batch hands on its data and nothing else', () => {
  const state = { configuration: {}, references: [1], data: { summary: null }, response: 'x' };
  expect(handOnData(state)).toEqual({ configuration: {}, references: [], data: { summary: null } });
});
