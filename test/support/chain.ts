import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Inbox, startInbox } from '../../local/inbox/index.ts';
import type { Primero } from '../../local/primero/index.ts';
import { createRunner, type RunnerOptions, type RunResult } from '../../local/runner/index.ts';
import { messageFault, type Outcome } from '../../local/sync/chain.ts';
import { CENSUS } from '../../local/sync/input.ts';
import type { TestOna } from './ona.ts';

const API_KEY = 'test-inbox-key';

/** What the four jobs run with in a test: the runner, and an inbox that runs what is posted to it. */
export type Chain = {
  inbox: Inbox;
  runner: ReturnType<typeof createRunner>;
  /** Results of all runs so far, job 0's among them. */
  runs: RunResult[];
  /** Runs job 0 (for a census) and then every message, until the inbox is idle. Gives the last batch's outcome. */
  sync(input?: object): Promise<Outcome>;
  close(): Promise<void>;
};

export type ChainOptions = Omit<RunnerOptions, 'credentials'> & {
  /** Messages that run at a time; 1. */
  atOnce?: number;
  /** Bytes that a batch hands on; as on the platform when absent. */
  batchBytes?: number;
};

/** The outcome of a run that must have gone well; its error otherwise. */
export const outcomeOf = (run: RunResult | undefined): Outcome => {
  if (!run?.ok) throw new Error(run?.failed?.message ?? 'nothing was run');
  return run.state?.data as Outcome;
};

/**
 * Starts the chain between a sandbox Primero and an ONA.
 * @example <caption>A whole sync</caption>
 * const chain = await startChain({ primero, ona });
 * const { summary } = await chain.sync();
 */
export const startChain = async (
  {
    primero,
    ona,
  }: { primero: Pick<Primero, 'url' | 'user' | 'password'>; ona: Pick<TestOna, 'credentials'> },
  { atOnce = 1, batchBytes, ...options }: ChainOptions = {},
): Promise<Chain> => {
  const folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  const runs: RunResult[] = [];
  const { url, user, password } = primero;
  const credentials = {
    primero: { url, user, password, basicAuth: true, ...(batchBytes && { batchBytes }) },
    ona: ona.credentials as Record<string, unknown>,
    inbox: { inboxUrl: '', apiKey: API_KEY },
  };
  const runner = createRunner({ ...options, credentials });
  const inbox = await startInbox({
    folder,
    apiKey: API_KEY,
    validate: messageFault,
    atOnce,
    handle: async (message) => {
      const result = await runner.run('get-cases', { data: message });
      runs.push(result);
      return result.ok ? { ok: true } : { ok: false, reason: result.failed?.message ?? '' };
    },
  });
  credentials.inbox.inboxUrl = inbox.url;
  return {
    inbox,
    runner,
    runs,
    sync: async (input = CENSUS) => {
      const started = await runner.run('initiate-sync', { data: input });
      runs.push(started);
      outcomeOf(started);
      await inbox.idle();
      return outcomeOf(runs.at(-1));
    },
    close: async () => {
      await inbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
