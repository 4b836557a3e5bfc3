import type { Message } from '../../jobs/message/message.ts';
import type { Credentials } from '../credentials/schema.ts';
import { type LedgerSync, readSync } from '../ledger/read-sync.ts';
import { type Stand, standOf } from '../ledger/stand.ts';
import type { createRunner, Failure, Log } from '../runner/index.ts';
import type { ChainEnd } from './chain.ts';
import { runDry } from './dry-run.ts';
import { runHosted } from './hosted.ts';
import type { SyncInput } from './input.ts';
import { judgeEnd, type Outcome } from './judge-end.ts';
import { checkServers } from './preflight.ts';
import type { ChainPaths } from './state-folder.ts';
import { runWatched } from './watched.ts';

export type SyncRun = {
  credentials: Credentials;
  /** Path of the credentials file, for messages; absent for the sandbox. */
  file?: string;
  paths: ChainPaths;
  signal: AbortSignal;
  /** What job 0 gets, unless there are messages to begin with. */
  input: SyncInput;
  /** Messages to go on from, in place of a new sync. */
  messages?: readonly Message[];
  log?: Log;
  /** Told how far the sync is, whenever a batch was written. */
  onStand?: (stand: Stand) => void;
  /** Told what is being done, where that is not clear. */
  say?: (text: string) => void;
  /** Where another inbox runs the batches: how often the ledger is read, ms; 5,000. */
  watchEveryMs?: number;
  /** What runs the steps; the runtime in this process when absent. */
  makeRunner?: typeof createRunner;
};

/** What came of a sync, as ONA's ledger has it: the same wherever its batches ran. */
export type SyncResult = {
  outcome: Outcome;
  /** Why it failed. */
  failed: Failure | null;
  /** Null where nothing was begun, or ONA no longer answers. A dry run leaves nothing in the ledger: it is told as if. */
  sync: LedgerSync | null;
  seconds: number;
  /** Another inbox ran the batches. */
  isWatched: boolean;
};

/** How a sync is run: where it ended, and for a dry run what the ledger would have. */
export type RunEnd = ChainEnd & { sync?: LedgerSync };

/**
 * Runs a sync, or goes on from messages, until nothing is left to do. Checks first that Primero, ONA and the inbox are
 * there: until then nothing is written.
 * Throws a `UserError` from those checks; what fails later is in the result.
 */
export const runSync = async (run: SyncRun): Promise<SyncResult> => {
  const { credentials, file, input, messages, signal, onStand } = run;
  await checkServers(credentials, file);
  signal.throwIfAborted();

  const started = performance.now();
  /** A ledger that cannot be read just now is no failure of the sync. */
  const tell = async (syncId: string) => {
    const sync = await readSync(credentials.ona, syncId).catch(() => null);
    if (sync) onStand?.(standOf(sync));
    return sync;
  };
  const isDry = [input, ...(messages ?? [])].some(({ dryRun }) => dryRun);
  const isWatched = credentials.inbox !== undefined && !isDry;
  const go = isDry ? runDry : isWatched ? runWatched : runHosted;
  const end: RunEnd = await go(run, tell);
  const seconds = (performance.now() - started) / 1000;
  const sync =
    end.sync ??
    (end.syncId === null ? null : await readSync(credentials.ona, end.syncId).catch(() => null));
  return { ...judgeEnd(end, sync, isDry), sync, seconds, isWatched };
};
