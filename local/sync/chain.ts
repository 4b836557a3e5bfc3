import { randomBytes } from 'node:crypto';
import { type Message, parseMessage, type Range } from '../../jobs/lib/message.ts';
import type { Summary } from '../../jobs/lib/types.ts';
import type { Credentials, InboxCredential } from '../credentials/schema.ts';
import { writePrivateJson } from '../credentials/write.ts';
import { startInbox } from '../inbox/index.ts';
import { createRunner, type Failure, type Log, type Runner, type State } from '../runner/index.ts';
import { readJsonFile } from './json-file.ts';
import { spareMemory } from './spare-memory.ts';
import type { ChainPaths } from './state-folder.ts';

export type ChainOptions = {
  credentials: Pick<Credentials, 'primero' | 'ona'>;
  paths: ChainPaths;
  signal: AbortSignal;
  /** Port and key of the inbox; a free port and a random key when absent. */
  inbox?: { port?: number; apiKey?: string };
  /** Only stores what is posted: each batch is run by hand. */
  storeOnly?: boolean;
  log?: Log;
  onBatch?: (summary: Summary) => void;
  /** What runs the steps; the runtime in this process when absent. */
  makeRunner?: typeof createRunner;
};

/** Where a chain stands when nothing is left to run. `watched`: another inbox runs its batches, or the rest of them. */
export type ChainEnd = {
  failed: Failure | null;
  last: Summary | null;
  interrupted: boolean;
  watched: boolean;
};

/** What keeps a body from being a message; null if nothing does. */
export const messageFault = (body: unknown): string | null => {
  try {
    parseMessage(body, Date.now());
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

const DATA_MISSING: Failure = {
  step: null,
  code: 'RUN_ENDED_EARLY',
  message: 'RUN_ENDED_EARLY: a batch ended without a summary: check workflow.json',
};

/** What a sync begins with where it is not with what the last one kept. */
export type Beginning = {
  /** A window to walk again. */
  backfill?: Range | undefined;
  /** Where to begin: what came before has just been brought over. */
  cursor?: string | undefined;
  /** Bytes that each batch hands on; what fits the Core plan where absent. */
  batchBytes?: number;
};

/**
 * Runs job 0 as the platform's cron trigger does: its input is its own last final state, which is
 * kept for the next time. A backfill leaves what is kept alone: it says nothing about the next sync.
 * @returns the first message, or why there is none
 */
export const initiate = async (
  run: Runner['run'],
  cursorFile: string,
  { backfill, cursor, batchBytes }: Beginning = {},
): Promise<{ message: Message; failed: null } | { message: null; failed: Failure }> => {
  const given = backfill ? { backfill } : cursor ? { cursor } : null;
  const kept = given ? { data: given } : await readJsonFile<State>(cursorFile);
  const data = { ...Object(kept?.data), ...(batchBytes && { batchBytes }) };
  const { state, failed } = await run('initiate-sync', { ...kept, data });
  if (failed) return { message: null, failed };
  const next = Object(state?.data).next as Message | undefined;
  if (!next) return { message: null, failed: DATA_MISSING };
  if (!backfill) await writePrivateJson(cursorFile, state);
  return { message: next, failed: null };
};

/**
 * Hosts an inbox and runs each message that comes to it, one after the other. Messages that an
 * earlier process left waiting run first.
 */
export const openChain = async (options: ChainOptions) => {
  const { credentials, paths, signal, log, onBatch, storeOnly = false } = options;
  const { makeRunner = createRunner } = options;
  const apiKey = options.inbox?.apiKey ?? randomBytes(24).toString('base64url');
  const end: ChainEnd = { failed: null, last: null, interrupted: false, watched: false };
  let runner: Runner | undefined;

  const handle = async (message: unknown) => {
    const { state, failed } = await runner!.run('get-cases', { data: message });
    const summary = Object(state?.data).summary as Summary | undefined;
    end.failed = failed ?? (summary ? null : DATA_MISSING);
    if (end.failed) return { ok: false as const, reason: end.failed.message };
    end.last = summary!;
    spareMemory();
    onBatch?.(summary!);
    return { ok: true as const };
  };

  const inbox = await startInbox({
    folder: paths.inbox,
    apiKey,
    port: options.inbox?.port ?? 0,
    handle,
    validate: messageFault,
    signal: storeOnly ? AbortSignal.abort() : signal,
  });
  const credential: InboxCredential = { inboxUrl: inbox.url, apiKey };
  runner = makeRunner({
    credentials: { ...credentials, inbox: credential },
    signal,
    ...(log && { log }),
  });

  /** Resolves when no message waits or runs, or when the chain was stopped. */
  const idle = async (): Promise<ChainEnd> => {
    await inbox.idle();
    return { ...end, interrupted: signal.aborted };
  };

  return {
    credential,
    idle,
    waiting: async () => (await inbox.list({ state: 'waiting' })).length,
    /** Finishes what an earlier process left waiting, then starts a sync or a backfill and runs it to its end. */
    sync: async (beginning?: Beginning): Promise<ChainEnd> => {
      await inbox.idle();
      if (signal.aborted) return idle();
      const { failed } = await initiate(runner.run, paths.cursor, beginning);
      if (failed) return { ...end, failed, interrupted: signal.aborted };
      return idle();
    },
    /** Runs one message, and all that follow from it. */
    replay: async (message: unknown): Promise<ChainEnd> => {
      await inbox.accept(message);
      return idle();
    },
    close: () => inbox.close(),
  };
};
