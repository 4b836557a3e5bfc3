import { type LedgerSync, readSync } from '../ledger/read-sync.ts';
import { standOf } from '../ledger/stand.ts';
import type { Failure } from '../runner/index.ts';
import { runDry } from './dry-run.ts';
import { runHosted } from './hosted.ts';
import { judgeEnd, type Outcome } from './judge-end.ts';
import { checkServers } from './preflight.ts';
import type { RunEnd, SyncRun } from './sync-run.ts';
import { runWatched } from './watched.ts';

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

/**
 * Runs a sync, or goes on from messages, until nothing is left to do. Checks first that Primero, ONA and the inbox are
 * there: until then nothing is written.
 * Throws a `UserError` from those checks; what fails later is in the result.
 */
export const runSync = async (run: SyncRun): Promise<SyncResult> => {
  const { credentials, file, input, messages, signal, onStand, say } = run;
  await checkServers(credentials, file, say);
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
