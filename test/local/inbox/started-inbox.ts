import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Inbox, type InboxOptions, startInbox } from '../../../local/inbox/index.ts';
import { testFolder } from '../../support/test-folder.ts';

export const KEY = 'an-invented-key';

/** A message as far as the inbox looks at it. */
export const message = (batch: number, more: object = {}) => ({
  type: 'primero-ona-sync/batch',
  syncId: '20261001T000000Z-k3v9',
  batch,
  ...more,
});

/** A folder of the test's own, gone after it. */
export const ownFolder = async (): Promise<string> => {
  const folder = await testFolder();
  return join(folder, 'inbox');
};

/** An inbox that takes anything with a `batch`, does nothing with it, and is closed by the test. */
export const started = async (
  options: Partial<InboxOptions> & { folder: string },
): Promise<Inbox> => {
  const inbox = await startInbox({
    apiKey: KEY,
    handle: async () => ({ ok: true }),
    validate: (body) => (Number.isInteger(Object(body).batch) ? null : '"batch" is missing'),
    ...options,
  });
  onTestFinished(() => inbox.close());
  return inbox;
};

/** Posts a body: text as it is, anything else as JSON. */
export const post = (inbox: Inbox, body: unknown, headers: Record<string, string> = {}) =>
  fetch(inbox.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': KEY, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
