import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { type EndQuestions, follow } from '../message/next.ts';
import { ASKED_IDS, RECOUNTED_WINDOWS, REMOVALS, TIMES_ASKED, TOLERATED } from '../policy.ts';
import END_QUESTIONS from './end-questions.sql';
import OPEN_QUESTIONS from './open-questions.sql';
import type { Statement } from './query.ts';
import REMOVE from './remove.sql';
import type { WriteState } from './state.ts';
import TAKE_FINDINGS from './take-findings.sql';

type Step = Statement<WriteState>;

/** Notes what Primero said of children. A child about whom no question was open any more is not written. */
export const takeFindings: Step = {
  doing: 'writing findings',
  text: TAKE_FINDINGS,
  values: ({ verdict, batch: { message, findings } }) =>
    verdict.kind === 'write' && findings.length > 0
      ? [
          message.syncId,
          findings.map(({ id }) => id),
          findings.map(({ finding }) => finding),
          findings.map(({ indexed }) => indexed),
        ]
      : null,
  receive: (state, rows: { primero_id: string }[]) => {
    const open = new Set(rows.map(({ primero_id }) => primero_id));
    return {
      ...state,
      children: state.children.filter(({ id, origin }) => origin === 'window' || open.has(id)),
    };
  },
};

/** Counts the open questions of the sync. */
export const countOpen: Step = {
  doing: 'counting open questions',
  text: OPEN_QUESTIONS,
  values: ({ verdict, batch: { message } }) =>
    verdict.kind === 'write' ? [message.syncId, message.part, ASKED_IDS] : null,
  receive: (state, [open]) => ({ ...state, open }),
};

const atMost = (removals: number, { sync }: WriteState): boolean => {
  const { count, share } = REMOVALS;
  const { held_before, accept_removals } = sync!;
  return removals <= count || removals <= held_before * share || removals <= accept_removals;
};

/**
 * Stops if so many children are gone that there must be another cause. Too many removals end the sync: a
 * person must accept them.
 *
 * @throws {SyncError} PRIMERO_NARROWED, PRIMERO_REINDEXING: then nothing of this batch is written
 */
export const checkLimits = (state: WriteState): WriteState => {
  const { verdict, open, sync } = state;
  if (verdict.kind !== 'write') return state;
  if (open.unseen > TOLERATED.unseen)
    throw new SyncError(
      errors.PRIMERO_NARROWED,
      `The user in Primero may not see ${open.unseen} children that ONA holds.`,
    );
  if (open.unindexed > TOLERATED.unindexed)
    throw new SyncError(
      errors.PRIMERO_REINDEXING,
      `Primero's search lacks ${open.unindexed} children that its database has.`,
    );
  if (atMost(open.removals, state)) return state;
  const error = new SyncError(
    errors.REMOVALS_REFUSED,
    `At least ${open.removals} of ${sync!.held_before} children would be removed (${open.deleted} deleted, ${open.removals - open.deleted} disabled).`,
  );
  return { ...state, verdict: { kind: 'refuse', error } };
};

/** Whether this part has no window left and no child to ask about. */
const isAtItsEnd = ({ verdict, batch, open }: WriteState): boolean =>
  verdict.kind === 'write' && batch.next === null && open.open.length === 0;

/** Reads what else is open, if a part has no window left. */
export const askForEnd: Step = {
  doing: 'looking what is open at the end',
  text: END_QUESTIONS,
  values: (state) => {
    const { syncId, part } = state.batch.message;
    return isAtItsEnd(state) ? [syncId, part, ASKED_IDS, RECOUNTED_WINDOWS, TIMES_ASKED] : null;
  },
  receive: (state, [end]: EndQuestions[]) => {
    // This batch is not yet among those that ONA has kept.
    const read = state.children.filter(({ indicators }) => indicators.length > 0).length;
    return { ...state, end: { ...end!, children: end!.children + read } };
  },
};

/** What follows the batch, given the questions that are open now. */
export const whatFollows = ({ batch, sync, open, end }: WriteState, removals = open.removals) =>
  follow({
    message: batch.message,
    sync: sync!,
    next: batch.next,
    page: batch.page ?? batch.message.page,
    open: open.open,
    unseen: open.unseen,
    removals,
    end,
    totals: batch.totals,
  });

/**
 * Decides, before anything is written, whether this batch completes the census and removes children. Its rejects may
 * be waiting for the ids of those children, so they are written after the removals.
 */
export const decideRemovals = (state: WriteState): WriteState => {
  const { batch, end, open, sync } = state;
  const mayBeLast = end !== null && batch.windows.length === 0 && sync?.kind === 'census';
  if (!mayBeLast || open.removals === 0 || batch.message.dryRun) return state;
  const asked = new Set(batch.findings.map(({ id }) => id));
  const rejects = end.rejects.filter(({ child }) => !asked.has(child));
  const follows = whatFollows({ ...state, end: { ...end, rejects } }, 0);
  return { ...state, completes: follows.state === 'complete' ? follows : null };
};

/**
 * Removes the children that Primero has twice said to be disabled or deleted: all of them in the transaction that completes the
 * sync, and none in any other.
 */
export const removeConfirmed: Step = {
  doing: 'removing children',
  text: REMOVE,
  values: ({ completes, batch }) => (completes ? [batch.message.syncId] : null),
  receive: (state, [removed]) => ({ ...state, removed }),
};
