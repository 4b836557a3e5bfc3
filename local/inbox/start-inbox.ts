import type { AddressInfo } from 'node:net';
import { UserError } from '../user-error.ts';
import { type Handled, runMessages } from './run-messages.ts';
import { INBOX_PATH, inboxServer } from './server.ts';
import { openStore, type Store } from './store.ts';

export type InboxOptions = {
  /** Where messages are kept. */
  folder: string;
  apiKey: string;
  /** 0, the default, takes a free one. */
  port?: number;
  /** 127.0.0.1 by default: this machine only. */
  host?: string;
  /** Runs a message. `signal` aborts when the inbox is closed in a hurry; `url` is the inbox's. */
  handle(message: unknown, id: string, run: { signal: AbortSignal; url: string }): Promise<Handled>;
  /** Why a body is not a message, or null if it is one. */
  validate(body: unknown): string | null;
  /** How many messages may run at a time; 1. Those of one part of a sync come one after the other by themselves. */
  atOnce?: number;
  /** Starts no other run once aborted; a run that then fails leaves its message waiting. */
  signal?: AbortSignal;
};

export type Inbox = {
  /** Where to post. */
  url: string;
  store: Store;
  list: Store['list'];
  /** Stores a message and runs it in its turn, as a post does; gives its id. */
  accept(message: unknown): Promise<string>;
  /** Resolves when no message is waiting or running. */
  idle(): Promise<void>;
  /** Waits for the current run, or aborts it; what has not run stays waiting. */
  close(how?: { abort?: boolean }): Promise<void>;
};

const EVERYWHERE = ['0.0.0.0', '::'];

const urlOf = ({ address, port }: AddressInfo): string => {
  const host = EVERYWHERE.includes(address) ? 'localhost' : address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${INBOX_PATH}`;
};

/**
 * Starts an inbox: takes messages over HTTP, stores each before it answers, and runs them in the
 * order in which they came, beginning with those that an earlier process left waiting.
 * A message equal to one that has not started yet is accepted, and run once for both.
 * Throws `INBOX_KEY_MISSING` or `INBOX_PORT_TAKEN`.
 */
export const startInbox = async (options: InboxOptions): Promise<Inbox> => {
  const { folder, apiKey, port = 0, host = '127.0.0.1', handle, validate, signal } = options;
  if (!apiKey) throw new UserError('INBOX_KEY_MISSING', 'the inbox has no key');
  const store = await openStore(folder);
  await store.tidy();

  let url = '';
  const abort = new AbortController();
  const runs = runMessages(
    store,
    (message, id) => handle(message, id, { signal: abort.signal, url }),
    abort.signal,
    options.atOnce,
  );
  await runs.resume();

  const server = inboxServer({ apiKey, validate, accept: runs.accept });
  await server.listen({ host, port }).catch((error: NodeJS.ErrnoException) => {
    throw new UserError('INBOX_PORT_TAKEN', `can't listen on ${host}:${port} (${error.code})`);
  });
  url = urlOf(server.addresses()[0] as AddressInfo);

  const stop = () => {
    abort.abort();
    void runs.stop();
  };
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  // The caller must have the inbox first.
  setImmediate(runs.start);

  return {
    url,
    store,
    list: store.list,
    accept: runs.accept,
    idle: runs.idle,
    close: async ({ abort: hurry = false } = {}) => {
      if (hurry) abort.abort();
      // The server goes last: the current run may still have its next message to post.
      await runs.stop();
      await server.close();
      signal?.removeEventListener('abort', stop);
    },
  };
};
