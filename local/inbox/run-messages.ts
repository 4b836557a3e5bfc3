import { createHash } from 'node:crypto';
import { pool } from './pool.ts';
import type { Store } from './store.ts';

/** The result of running a message. */
export type Handled = { ok: true } | { ok: false; reason: string };

type Run = (message: unknown, id: string) => Promise<Handled>;

type Item = { id: string; digest: string; message: unknown; stored: Promise<void> };

const digestOf = (message: unknown) =>
  createHash('sha256').update(JSON.stringify(message)).digest('hex');

/**
 * Runs the messages of a store in the order in which they came, several at a time, and marks the result of each. One that
 * fails after `aborted` stays waiting: it was stopped, not refused.
 */
export const runMessages = (store: Store, handle: Run, aborted: AbortSignal, atOnce = 1) => {
  /** By content, so that one delivered twice is run once. */
  const notStarted = new Map<string, Item>();

  /** A mark that can't be written leaves the message waiting: it runs again, which does no harm. */
  const mark = (id: string, state: 'done' | 'failed', reason?: string) =>
    store.mark(id, state, reason).catch(() => {});

  const run = async ({ id, digest, message, stored }: Item) => {
    const isStored = await stored.then(
      () => true,
      () => false,
    );
    notStarted.delete(digest);
    if (!isStored) return;
    const result = await handle(message, id).catch(
      (error): Handled => ({ ok: false, reason: String(error?.message ?? error) }),
    );
    if (result.ok) await mark(id, 'done');
    else if (!aborted.aborted) await mark(id, 'failed', result.reason);
  };

  const queue = pool(run, atOnce);

  const push = (message: unknown, { id, stored }: { id: string; stored: Promise<void> }): Item => {
    const item = { id, digest: digestOf(message), message, stored };
    notStarted.set(item.digest, item);
    queue.push(item);
    return item;
  };

  return {
    start: queue.start,
    stop: queue.stop,
    idle: queue.idle,

    /** Stores a message and takes it into the queue; gives its id once it is safe. */
    accept: async (message: unknown): Promise<string> => {
      const item = notStarted.get(digestOf(message)) ?? push(message, store.add(message));
      await item.stored;
      return item.id;
    },

    /** Takes in what an earlier process left; a file that can't be read counts as failed. */
    resume: async (): Promise<void> => {
      for (const { id } of await store.list({ state: 'waiting' })) {
        try {
          push(await store.read(id), { id, stored: Promise.resolve() });
        } catch (error) {
          await mark(id, 'failed', (error as Error).message);
        }
      }
    },
  };
};
