import type { Range } from '../../jobs/lib/message.ts';
import type { Summary } from '../../jobs/lib/types.ts';
import type { Credentials } from '../credentials/schema.ts';
import { type Rejects, readRejects } from '../ona/rejects.ts';
import { readStatus, type Status } from '../ona/status.ts';
import type { createRunner, Failure, Log } from '../runner/index.ts';
import { LOCAL_BATCH_BYTES } from './batch-bytes.ts';
import { type ChainEnd, openChain } from './chain.ts';
import { type Watched, watchChain } from './external-inbox.ts';
import { checkServers } from './preflight.ts';
import type { ChainPaths } from './state-folder.ts';
import { addSummary, noTotals, type Totals } from './totals.ts';

export type ChainRun = {
  credentials: Credentials;
  /** Path of the credentials file, for messages; absent for the sandbox. */
  file?: string;
  paths: ChainPaths;
  signal: AbortSignal;
  log?: Log;
  /** The message to begin with; a new sync when absent. */
  message?: unknown;
  /** A range to read again instead of what is missing. */
  backfill?: Range;
  /**
   * What went before in this process, once it had checked the servers; to be added to. `cursor`: up to where it
   * brought over what was missing.
   */
  before?: { totals: Totals; seconds: number; cursor?: string | undefined };
  /** Told of each batch: what all have done so far, in how many seconds. */
  onBatch?: (totals: Totals, seconds: number) => void;
  /** An inbox elsewhere runs the batches: what the ledger says of them meanwhile. */
  onWatch?: (watched: Watched) => void;
  /** How often the ledger is read for that, ms; 5,000. */
  watchEveryMs?: number;
  /** What runs the steps; the runtime in this process when absent. */
  makeRunner?: typeof createRunner;
};

/** What came of a chain. */
export type ChainReport = {
  outcome: 'complete' | 'rejects' | 'failed' | 'interrupted';
  /** Why it failed; also set for a chain that ended while something was missing. */
  failed: Failure | null;
  /** What the batches did; null where another inbox ran them, or the rest of them. */
  totals: Totals | null;
  seconds: number;
  /** What the ledger says afterwards; null if ONA no longer answers. */
  status: Status | null;
  rejects: Rejects;
  /** The range that a backfill has read again, to its end. */
  walked: Range | null;
};

const incomplete = (last: Summary | null): Failure => {
  const why = last?.ended ? ` (${last.ended})` : '';
  const message = `SYNC_INCOMPLETE: the chain ended${why}, and cases are missing: run \`sync\`, which fetches what is missing`;
  return { step: null, code: 'SYNC_INCOMPLETE', message };
};

const runHosted = async (run: ChainRun, onBatch: (summary: Summary) => void) => {
  const { credentials, paths, signal, log, message, backfill, before, makeRunner } = run;
  const chain = await openChain({
    credentials,
    paths,
    signal,
    ...(log && { log }),
    ...(makeRunner && { makeRunner }),
    onBatch,
  });
  try {
    return message === undefined
      ? await chain.sync({
          backfill,
          cursor: before?.cursor,
          ...(!makeRunner && { batchBytes: LOCAL_BATCH_BYTES }),
        })
      : await chain.replay(message);
  } finally {
    await chain.close();
  }
};

/** What a backfill walked: its own batches say so, or the ledger where another inbox ran them. */
const walkedBy = (
  { backfill, credentials }: ChainRun,
  { last, failed }: ChainEnd,
): Range | null => {
  if (last?.mode === 'backfill') return last.complete ? last.window : null;
  return backfill && credentials.inbox && !failed ? backfill : null;
};

/** Where a chain stands that was stopped before its first message, maybe while slices behind an inbox were watched. */
const stoppedBefore = ({ before, credentials }: ChainRun): ChainEnd => ({
  failed: null,
  last: null,
  interrupted: true,
  watched: Boolean(credentials.inbox && before?.cursor),
});

/**
 * Runs a whole sync, or goes on from a message, until nothing is left to do. Checks first that
 * Primero, ONA and the inbox are there: until then nothing is written.
 * Throws a `UserError` from those checks; what fails later is in the report.
 */
export const runChain = async (run: ChainRun): Promise<ChainReport> => {
  const { credentials, file, signal } = run;
  if (!run.before) {
    await checkServers(credentials, file);
    signal.throwIfAborted();
  }

  const started = performance.now();
  const elapsed = () => (run.before?.seconds ?? 0) + (performance.now() - started) / 1000;
  const totals = run.before?.totals ?? noTotals();
  const onBatch = (summary: Summary) => {
    addSummary(totals, summary);
    run.onBatch?.(totals, elapsed());
  };
  const go = credentials.inbox ? watchChain : runHosted;
  const end = signal.aborted ? stoppedBefore(run) : await go(run, onBatch);
  const seconds = elapsed();

  const status = await readStatus(credentials.ona).catch(() => null);
  const rejects = status ? await readRejects(credentials.ona).catch(() => []) : [];
  const base = {
    ...{ totals: end.watched ? null : totals, seconds, status, rejects },
    walked: walkedBy(run, end),
  };
  if (end.interrupted) return { ...base, outcome: 'interrupted', failed: null };
  if (end.failed) return { ...base, outcome: 'failed', failed: end.failed };
  if (!status || !(status.complete || base.walked))
    return { ...base, outcome: 'failed', failed: incomplete(end.last) };
  return { ...base, outcome: status.tables.rejects > 0 ? 'rejects' : 'complete', failed: null };
};
