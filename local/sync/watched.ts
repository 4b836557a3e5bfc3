import { setTimeout as sleep } from 'node:timers/promises';
import { HOURS } from '../../jobs/policy.ts';
import { readStatus } from '../ledger/read-status.ts';
import type { LedgerSync } from '../ledger/read-sync.ts';
import { toFailure } from '../runner/failure.ts';
import { createRunner, type Failure } from '../runner/index.ts';
import { UserError } from '../user-error.ts';
import type { ChainEnd, Outcome } from './chain.ts';
import { initiate, listenForSync } from './initiate.ts';
import { kindOfInput } from './input.ts';
import type { SyncRun } from './sync-run.ts';

/** How often the ledger is read, and how long it may stand still, ms. */
const WATCH_EVERY_MS = 5000;
const STALL_MS = 20 * 60_000;

const STALLED = toFailure(
  null,
  new UserError('CHAIN_STALLED', 'no batch was written for 20 minutes'),
);

/** The sync that keeps a new one from beginning: the first batch would say so where nobody here can see it. */
const blocked = async ({ credentials, file, input }: SyncRun): Promise<Failure | null> => {
  const { newest } = await readStatus(credentials.ona, file);
  if (newest?.state !== 'under way') return null;
  // Only a census may take the place of a census that has not ended.
  const mayReplace = kindOfInput(input) === 'census' || newest.kind !== 'census';
  const hours = mayReplace ? HOURS.standsStill : HOURS.takesBatches;
  if (newest.idleSeconds >= hours * 3600 || (mayReplace && input.takeOver)) return null;
  const error = new UserError(
    'NOTHING_DONE',
    `Sync ${newest.syncId} is under way`,
    `wait until it is over${mayReplace ? ', or take over (--take-over)' : ''}`,
  );
  return toFailure(null, error);
};

type Tell = (syncId: string) => Promise<LedgerSync | null>;

/** Reads the ledger until the sync is over, stands still, or is left alone. */
const watch = async (
  syncId: string,
  { signal, watchEveryMs = WATCH_EVERY_MS }: SyncRun,
  tell: Tell,
): Promise<Failure | null> => {
  let seen = -1;
  let since = Date.now();
  while (!signal.aborted) {
    const sync = await tell(syncId);
    if (sync && sync.state !== 'under way') return null;
    const written = sync?.summaries.length ?? 0;
    if (written !== seen) {
      seen = written;
      since = Date.now();
    }
    if (Date.now() - since > STALL_MS) return STALLED;
    await sleep(watchEveryMs, undefined, { signal }).catch(() => {});
  }
  return null;
};

/**
 * Begins a sync, or runs the batches of messages, whose next messages go to an inbox elsewhere: the platform's, say.
 * The batches run there; here the ledger is read until they are done.
 */
export const runWatched = async (run: SyncRun, tell: Tell): Promise<ChainEnd> => {
  const { credentials, signal, messages, input } = run;
  const heard = listenForSync(run.log);
  const runner = (run.makeRunner ?? createRunner)({
    credentials: { ...credentials, inbox: credentials.inbox! },
    signal,
    log: heard.log,
  });
  const end = (failed: Failure | null, syncId: string | null, last: Outcome | null): ChainEnd => ({
    failed,
    syncId,
    last,
    interrupted: signal.aborted,
  });

  if (!messages) {
    const failed = (await blocked(run)) ?? (await initiate(runner.run, input));
    const syncId = heard.syncId();
    if (failed || syncId === null) return end(failed, null, null);
    return end(await watch(syncId, run, tell), syncId, null);
  }
  let last: Outcome | null = null;
  for (const message of messages) {
    const { state, failed } = await runner.run('get-cases', { data: message });
    if (failed) return end(failed, message.syncId, last);
    last = state?.data as Outcome;
  }
  const { syncId } = messages[0]!;
  const isOver = !last || last.next.length === 0;
  return end(isOver ? null : await watch(syncId, run, tell), syncId, last);
};
