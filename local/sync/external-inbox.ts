import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../jobs/lib/message.ts';
import type { Summary } from '../../jobs/lib/types.ts';
import type { Credentials } from '../credentials/schema.ts';
import { readStatus, type Status } from '../ona/status.ts';
import { isWalked } from '../ona/walked.ts';
import { createRunner, type Failure } from '../runner/index.ts';
import { type ChainEnd, initiate } from './chain.ts';
import type { ChainRun } from './run-chain.ts';

/** How often the ledger is read, and how long it may stand still, ms. */
const WATCH_EVERY_MS = 5000;
const STALL_MS = 20 * 60_000;

/** A sync that another inbox runs, as the ledger has it. */
export type Watched = { syncId: string; status: Status };

const STALLED: Failure = {
  step: null,
  code: 'CHAIN_STALLED',
  message:
    'CHAIN_STALLED: no batch was written for 20 minutes: look into the run history behind the inbox; the next `sync` goes on from there',
};

/** What changes in the ledger whenever a batch is written. */
const progressOf = ({ lastSync, tables }: Status): string => JSON.stringify([lastSync, tables]);

const isDone = ({ lastSync, complete }: Status, syncId: string): boolean =>
  lastSync?.syncId === syncId && (lastSync.complete || complete);

/** Reads the ledger until the sync is complete, stands still, or is left alone. */
const watch = async (
  ona: Credentials['ona'],
  syncId: string,
  { signal, onWatch, watchEveryMs = WATCH_EVERY_MS, backfill }: ChainRun,
): Promise<Failure | null> => {
  let seen = '';
  let since = Date.now();
  while (!signal.aborted) {
    const status = await readStatus(ona);
    onWatch?.({ syncId, status });
    const done = backfill ? await isWalked(ona, syncId, backfill) : isDone(status, syncId);
    if (done) return null;
    if (progressOf(status) !== seen) {
      seen = progressOf(status);
      since = Date.now();
    }
    if (Date.now() - since > STALL_MS) return STALLED;
    await sleep(watchEveryMs, undefined, { signal }).catch(() => {});
  }
  return null;
};

/**
 * Starts a sync, or runs the one batch of a message, whose next message goes to an inbox elsewhere:
 * the platform's, say. The batches run there; here the ledger is read until they are done.
 */
export const watchChain = async (
  run: ChainRun,
  onBatch: (summary: Summary) => void,
): Promise<ChainEnd> => {
  const { credentials, paths, signal, log, message, backfill, before } = run;
  const runner = (run.makeRunner ?? createRunner)({
    credentials: { ...credentials, inbox: credentials.inbox! },
    signal,
    ...(log && { log }),
  });
  const end = (failed: Failure | null, last: Summary | null = null): ChainEnd => ({
    failed,
    last,
    interrupted: signal.aborted,
    watched: false,
  });
  const watched = async (syncId: string, last?: Summary): Promise<ChainEnd> => ({
    ...end(await watch(credentials.ona, syncId, run), last),
    watched: true,
  });

  if (message === undefined) {
    const beginning = { backfill, cursor: before?.cursor };
    const first = await initiate(runner.run, paths.cursor, beginning);
    if (first.failed) return end(first.failed);
    return watched(first.message.syncId);
  }
  const { state, failed } = await runner.run('get-cases', { data: message });
  if (failed) return end(failed);
  const { summary, next } = Object(state?.data) as { summary: Summary; next: Message | null };
  onBatch(summary);
  return next === null ? end(null, summary) : watched(next.syncId, summary);
};
