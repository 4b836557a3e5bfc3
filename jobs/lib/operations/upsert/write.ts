import { COUNTED } from '../../indicators.ts';
import { addClashes, addTaken } from '../../late-rejects.ts';
import { RECONCILE } from '../../sql/reconcile.ts';
import { WRITE_REJECTS } from '../../sql/rejects.ts';
import { REMOVE_CASES } from '../../sql/remove.ts';
import { OWNER_COLUMNS, REPLACE_SERVICES, SERVICE_ROW_COLUMNS } from '../../sql/services.ts';
import { toArrays } from '../../sql/unnest.ts';
import { UPDATE_LEAVERS } from '../../sql/update-leavers.ts';
import { CASE_ROW_COLUMNS, UPSERT_CASES } from '../../sql/upsert-cases.ts';
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
  values: ({ pending, held, batch: { message } }) =>
    pending.seen.length === 0 || !held.any
      ? null
      : [json(pending.seen), message.syncId, message.batch],
  receive: (state, removed) => report(state, { removed }),
};

export const upsertCases: Step = {
  doing: 'writing cases',
  text: UPSERT_CASES,
  values: ({ pending, batch: { message } }) =>
    pending.cases.length === 0
      ? null
      : [message.syncId, ...toArrays(CASE_ROW_COLUMNS, pending.cases)],
  receive: (state, cases) => ({
    ...report(state, { cases }),
    rows: addClashes(
      state.rows,
      cases.flatMap(({ clashes }) => clashes ?? []),
    ),
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
    rows.leavers.length === 0 ? null : [json(rows.leavers), message.syncId],
  receive: (state, [leavers]) => report(state, { leavers }),
};

export const replaceServices: Step = {
  doing: 'writing services',
  text: REPLACE_SERVICES,
  values: ({ pending: { services, owners } }) =>
    owners.length === 0
      ? null
      : [...toArrays(OWNER_COLUMNS, owners), ...toArrays(SERVICE_ROW_COLUMNS, services)],
  receive: (state, [{ removed, written, taken }]) => ({
    ...report(state, { servicesRemoved: removed, servicesWritten: written }),
    rows: addTaken(state.rows, taken ?? []),
  }),
};

/** Only a range that was read to be reconciled, and only where what has moved on is known. */
export const reconcile: Step = {
  doing: 'taking out what Primero no longer has',
  text: RECONCILE,
  values: ({ batch: { message, results, changed } }) => {
    const ranges = results
      .filter(({ indicator, reconcile }) => reconcile && COUNTED.some((each) => each === indicator))
      .map(({ indicator, from, coveredTo }) => ({ indicator, from, to: coveredTo }));
    if (ranges.length === 0 || !changed) return null;
    const present = results.flatMap(({ records }) => records.map(({ id }) => id));
    return [json(ranges), json([...present, ...changed]), message.syncId, message.batch];
  },
  receive: (state, [surplus]) => report(state, { surplus }),
};

export const writeRejects: Step = {
  doing: 'writing rejects',
  text: WRITE_REJECTS,
  values: ({ rows, pending, batch: { message } }) =>
    rows.rejects.length + pending.settled.length === 0
      ? null
      : [json(rows.rejects), json(pending.settled), message.syncId, message.batch],
};
