import { SyncError } from '../../errors.ts';
import { COUNTED } from '../../indicators.ts';
import { addClashes, addTaken } from '../../late-rejects.ts';
import { RECONCILE } from '../../sql/reconcile.ts';
import { REMOVE_CASES } from '../../sql/remove.ts';
import { UPDATE_LEAVERS } from '../../sql/update-leavers.ts';
import { toRecordArrays, WRITE_RECORDS } from '../../sql/write-records.ts';
import { checkRejects, type Written } from '../../tally.ts';
import type { Step, UpsertState } from './state.ts';

const json = JSON.stringify;

const report = (state: UpsertState, written: Partial<Written>): UpsertState => ({
  ...state,
  written: { ...state.written, ...written },
});

export const removeCases: Step = {
  doing: 'removing cases',
  text: REMOVE_CASES,
  values: ({ pending, batch: { message } }) =>
    pending.seen.length === 0 ? null : [json(pending.seen), message.syncId, message.batch],
  receive: (state, removed) => report(state, { removed }),
};

export const writeRecords: Step = {
  doing: 'writing cases and services',
  text: WRITE_RECORDS,
  values: ({ pending, batch: { message } }) =>
    pending.cases.length === 0
      ? null
      : [message.syncId, message.batch, ...toRecordArrays(pending.cases)],
  receive: (state, [{ cases, clashes, removed, written, taken }]) => ({
    ...report(state, { cases: cases ?? [], servicesRemoved: removed, servicesWritten: written }),
    rows: addTaken(addClashes(state.rows, clashes ?? []), taken ?? []),
  }),
};

/** Fails the batch where too many of its records are rejected. */
export const checkRejected = (state: UpsertState): UpsertState => {
  checkRejects(state.rows);
  return state;
};

export const updateLeavers: Step = {
  doing: 'updating cases that are too old for 4.11a',
  text: UPDATE_LEAVERS,
  values: ({ rows, batch: { message } }) =>
    rows.leavers.length === 0 ? null : [json(rows.leavers), message.syncId, message.batch],
  receive: (state, [leavers]) => report(state, { leavers }),
};

/**
 * Only a range that was read to be reconciled, and only where what has moved on is known.
 * @throws {SyncError} SURPLUS_REFUSED where too many would go: the range may have been reopened before the user in
 * Primero came to see fewer cases
 */
export const reconcile: Step = {
  doing: 'taking out what Primero no longer has',
  text: RECONCILE,
  values: ({ batch: { message, results, changed } }) => {
    const ranges = results
      .filter(({ indicator, reconcile }) => reconcile && COUNTED.some((each) => each === indicator))
      .map(({ indicator, from, coveredTo }) => ({ indicator, from, to: coveredTo }));
    if (ranges.length === 0 || !changed) return null;
    const present = results.flatMap(({ records, moved = [] }) => [
      ...records.map(({ id }) => id),
      ...moved,
    ]);
    return [json(ranges), json([...present, ...changed]), message.syncId, message.batch];
  },
  receive: (state, [{ isRefused, ...surplus }]) => {
    if (!isRefused) return report(state, { surplus });
    throw new SyncError('SURPLUS_REFUSED', `${surplus.surplus} cases would be taken out.`);
  },
};
