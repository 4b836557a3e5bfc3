import { randomBytes } from 'node:crypto';
import type { Message } from '../../jobs/message/message.ts';
import { parseMessage } from '../../jobs/message/parse.ts';
import type { Summary } from '../../jobs/writing/summary.ts';
import type { Credentials, InboxCredential } from '../credentials/schema.ts';
import { startInbox } from '../inbox/index.ts';
import { toFailure } from '../runner/failure.ts';
import { createRunner, type Failure, type Log, type Runner } from '../runner/index.ts';
import { UserError } from '../user-error.ts';
import { initiate, listenForSync } from './initiate.ts';
import type { SyncInput } from './input.ts';
import { spareMemory } from './spare-memory.ts';
import type { ChainPaths } from './state-folder.ts';

/** What a run of jobs 1 to 3 ends with. */
export type Outcome = { summary: Summary; next: Message[] };

export type ChainOptions = {
  credentials: Pick<Credentials, 'primero' | 'ona'>;
  paths: ChainPaths;
  signal: AbortSignal;
  /** Port and key of the inbox; a free port and a random key when absent. */
  inbox?: { port?: number; apiKey?: string };
  /** How many messages run at a time, one of each part of a sync; 1. */
  atOnce?: number;
  /** Only stores what is posted: each batch is run by hand. */
  storeOnly?: boolean;
  log?: Log;
  /** Told of each batch that was run; the next one of its part waits for it. */
  onBatch?: (outcome: Outcome) => void | Promise<void>;
  /** What runs the steps; the runtime in this process when absent. */
  makeRunner?: typeof createRunner;
};

/** Where a chain stands when nothing is left to run. */
export type ChainEnd = {
  /** The first failure. */
  failed: Failure | null;
  /** The sync that was begun last, or that the last batch belongs to. */
  syncId: string | null;
  last: Outcome | null;
  interrupted: boolean;
};

/** What keeps a body from being a message; null if nothing does. */
const messageFault = (body: unknown): string | null => {
  try {
    parseMessage(body);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
};

const NO_SUMMARY = toFailure(
  null,
  new UserError('RUN_ENDED_EARLY', 'a batch ended without a summary'),
);

/** Names the port of the inbox, for who must find it from outside, such as a container's health check. */
const INBOX_PORT_VARIABLE = 'PRIMERO_ONA_INBOX_PORT';

/**
 * Hosts an inbox and runs each message that comes to it. Messages that an earlier process left waiting run first.
 */
export const openChain = async (options: ChainOptions) => {
  const { credentials, paths, signal, onBatch, storeOnly = false, atOnce = 1 } = options;
  const { makeRunner = createRunner } = options;
  const apiKey = options.inbox?.apiKey ?? randomBytes(24).toString('base64url');
  const heard = listenForSync(options.log);
  const end: Omit<ChainEnd, 'interrupted'> = { failed: null, syncId: null, last: null };
  let runner: Runner | undefined;

  /** Runs jobs 1 to 3 for one message. */
  const handle = async (message: unknown) => {
    end.syncId = (message as Message).syncId;
    const { state, failed } = await runner!.run('get-cases', { data: message });
    const outcome = Object(state?.data) as Outcome;
    const failure = failed ?? (outcome.summary ? null : NO_SUMMARY);
    if (failure) {
      end.failed ??= failure;
      return { ok: false as const, reason: failure.message };
    }
    end.last = outcome;
    spareMemory();
    await onBatch?.(outcome);
    return { ok: true as const };
  };

  const inbox = await startInbox({
    folder: paths.inbox,
    apiKey,
    port: options.inbox?.port ?? (Number(process.env[INBOX_PORT_VARIABLE]) || 0),
    handle,
    validate: messageFault,
    atOnce,
    signal: storeOnly ? AbortSignal.abort() : signal,
  });
  const credential: InboxCredential = { inboxUrl: inbox.url, apiKey };
  runner = makeRunner({
    credentials: { ...credentials, inbox: credential },
    signal,
    log: heard.log,
  });

  /** Resolves when no message waits or runs, or when the chain was stopped. */
  const idle = async (): Promise<ChainEnd> => {
    await inbox.idle();
    return { ...end, interrupted: signal.aborted };
  };

  return {
    credential,
    idle,
    /** Runs one message that nobody posts, as those of a dry run. */
    handle,
    waiting: async () => (await inbox.list({ state: 'waiting' })).length,
    /** Starts a sync, and runs it to its end. */
    sync: async (input: SyncInput): Promise<ChainEnd> => {
      const failed = await initiate(runner.run, input);
      if (failed) return { ...end, failed, interrupted: signal.aborted };
      end.syncId = heard.syncId();
      return idle();
    },
    /** Runs messages, and all that follow from them. */
    replay: async (messages: readonly unknown[]): Promise<ChainEnd> => {
      for (const message of messages) await inbox.accept(message);
      return idle();
    },
    close: () => inbox.close(),
  };
};
