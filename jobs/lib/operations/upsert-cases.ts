import { SyncError } from '../errors.ts';
import { COUNTED, type Counted, type Indicator } from '../indicators.ts';
import type { Gap } from '../ledger.ts';
import { decide, scopeOf } from '../ledger.ts';
import { type LocationRow, toGazetteer } from '../mapping/locations.ts';
import { type BatchRows, toRows } from '../rows.ts';
import { MAX_BATCH_AGE_SECONDS } from '../settings.ts';
import { LOCK, SELECT_HELD, SELECT_LOCATIONS } from '../sql/begin.ts';
import { SELECT_GAPS, WRITE_LINES } from '../sql/ledger.ts';
import { COUNT_HELD, WRITE_PROOF } from '../sql/proof.ts';
import { WRITE_REJECTS } from '../sql/rejects.ts';
import { REMOVE_CASES } from '../sql/remove.ts';
import { REMOVE_SERVICES, UPSERT_SERVICES } from '../sql/services.ts';
import { UPDATE_LEAVERS } from '../sql/update-leavers.ts';
import { UPSERT_CASES } from '../sql/upsert-cases.ts';
import { checkRejects, summarise, toLines, toProofLines, type Written } from '../tally.ts';
import { addSeconds, toMs } from '../time.ts';
import type { Batch, Proof, ProofSides, Summary } from '../types.ts';
import type { Statement } from './query.ts';
import type { Outcome, State } from './state.ts';

type Held = Record<Indicator | 'any' | 'superseded', boolean>;

/** State of upsert-cases while it works. */
export interface UpsertState extends State {
  batch: Batch;
  rows: BatchRows;
  written: Written;
  held: Held;
  gaps: Gap[];
  sides: Record<Counted, ProofSides> | null;
  summary: Summary;
}

const json = JSON.stringify;

/**
 * Takes the batch that get-cases handed on.
 * @throws {SyncError} BATCH_MISSING; BATCH_OUTDATED where it is so old that another batch may know better
 */
export const readBatch = (state: State & { batch?: Batch }): UpsertState => {
  const { batch } = state;
  if (!batch?.message || !Array.isArray(batch.results)) {
    throw new SyncError('BATCH_MISSING', 'There is no batch in the input.');
  }
  const ageSeconds = Math.round((Date.now() - toMs(batch.fetchedAt)) / 1000);
  if (!(ageSeconds <= MAX_BATCH_AGE_SECONDS)) {
    throw new SyncError(
      'BATCH_OUTDATED',
      `Batch ${batch.message.batch} of sync ${batch.message.syncId} was fetched ${ageSeconds} s ago.`,
    );
  }
  const written: Written = {
    removed: [],
    cases: [],
    leavers: { updated: 0, services: 0 },
    services: { written: 0, removed: 0 },
  };
  return {
    ...state,
    data: null,
    references: [],
    batch,
    written,
    gaps: [],
    sides: null,
  } as unknown as UpsertState;
};

type Step = Statement<UpsertState>;

export const begin: Step = { doing: 'beginning', text: 'BEGIN' };
export const lock: Step = { doing: 'waiting for other writers', text: LOCK };

export const selectHeld: Step = {
  doing: 'looking at what ONA holds',
  text: SELECT_HELD,
  values: ({ batch: { message, results } }) => [
    message.syncId,
    message.batch,
    results.some(({ everywhere }) => everywhere === 0),
  ],
  receive: (state, [held]) => ({ ...state, held }),
};

/**
 * Does not believe that Primero has no case at all where ONA has some.
 * @throws {SyncError} PRIMERO_EMPTY
 */
export const checkEmpty = (state: UpsertState): UpsertState => {
  for (const { indicator, everywhere } of state.batch.results) {
    if (everywhere === 0 && state.held[indicator]) {
      throw new SyncError('PRIMERO_EMPTY', `Primero counts no case for ${indicator}, at any time.`);
    }
  }
  return state;
};

/** Maps the records, with the districts that ONA keeps; from here on only rows are needed. */
export const selectLocations: Step = {
  doing: 'reading locations_lookup',
  text: SELECT_LOCATIONS,
  receive: (state, locations: LocationRow[]) => ({
    ...state,
    rows: toRows(state.batch.results, toGazetteer(locations)),
  }),
};

export const removeCases: Step = {
  doing: 'removing cases',
  text: REMOVE_CASES,
  values: ({ rows, batch: { message } }) =>
    rows.seen.length === 0 ? null : [json(rows.seen), message.syncId, message.batch],
  receive: (state, removed) => ({ ...state, written: { ...state.written, removed } }),
};

/** Cases that could not be written because another child has their case_id become rejects. */
const addClashes = (
  rows: BatchRows,
  cases: { clashes: { primero_id: string; held_by: string }[] | null }[],
): BatchRows => {
  const byId = new Map(rows.cases.map((row) => [row.primero_id, row]));
  const rejects = cases
    .flatMap(({ clashes }) => clashes ?? [])
    .map(({ primero_id, held_by }) => {
      const { primero_updated_at, in_reintegration, in_under18, indicator } = byId.get(primero_id)!;
      return {
        ...{ primero_id, primero_updated_at, in_reintegration, in_under18, indicator, held_by },
        scope: 'case' as const,
        field: 'case_id_display',
        reason: 'CASE_ID_TAKEN' as const,
      };
    });
  return { ...rows, rejects: [...rows.rejects, ...rejects] };
};

export const upsertCases: Step = {
  doing: 'writing cases',
  text: UPSERT_CASES,
  values: ({ rows, batch: { message } }) =>
    rows.cases.length === 0 ? null : [json(rows.cases), message.syncId],
  receive: (state, cases) => ({
    ...state,
    rows: addClashes(state.rows, cases),
    written: { ...state.written, cases },
  }),
};

export const checkRejected = (state: UpsertState): UpsertState => {
  checkRejects(state.rows);
  return state;
};

export const updateLeavers: Step = {
  doing: 'updating cases that are too old for 4.11a',
  text: UPDATE_LEAVERS,
  values: ({ rows, batch: { message } }) =>
    rows.leavers.length === 0 ? null : [json(rows.leavers), message.syncId],
  receive: (state, [leavers]) => ({ ...state, written: { ...state.written, leavers } }),
};

const servicesAndOwners = ({ rows }: UpsertState) =>
  rows.owners.length === 0 ? null : [json(rows.services), json(rows.owners)];

export const removeServices: Step = {
  doing: 'removing services',
  text: REMOVE_SERVICES,
  values: servicesAndOwners,
  receive: (state, [{ removed }]) => ({
    ...state,
    written: { ...state.written, services: { ...state.written.services, removed } },
  }),
};

/** Services that could not be written because another case has their unique_id become rejects. */
const addTaken = (rows: BatchRows, taken: string[] | null): BatchRows => {
  const byId = new Map(rows.cases.map((row) => [row.primero_id, row]));
  const rejects = (taken ?? []).map((primero_id) => {
    const { primero_updated_at, in_reintegration, in_under18, indicator } = byId.get(primero_id)!;
    return {
      ...{ primero_id, primero_updated_at, in_reintegration, in_under18, indicator },
      scope: 'service' as const,
      field: 'services_section.unique_id',
      reason: 'SERVICE_ID_TAKEN' as const,
    };
  });
  return { ...rows, rejects: [...rows.rejects, ...rejects] };
};

export const upsertServices: Step = {
  doing: 'writing services',
  text: UPSERT_SERVICES,
  values: servicesAndOwners,
  receive: (state, [{ written, taken }]) => ({
    ...state,
    rows: addTaken(state.rows, taken),
    written: { ...state.written, services: { ...state.written.services, written } },
  }),
};

export const writeRejects: Step = {
  doing: 'writing rejects',
  text: WRITE_REJECTS,
  values: ({ rows, batch: { message } }) =>
    rows.seen.length === 0
      ? null
      : [json(rows.rejects), json(rows.seen), message.syncId, message.batch],
};

export const writeLines: Step = {
  doing: 'writing the ledger',
  text: WRITE_LINES,
  values: ({ batch, rows, written, held }) => {
    const { message, fetchedAt } = batch;
    const lines = toLines(summarise(batch, rows, written), rows, !held.any);
    const { syncId, mode, window } = message;
    return [json(lines), syncId, message.batch, mode, window.to, fetchedAt];
  },
};

export const selectGaps: Step = {
  doing: 'looking for gaps',
  text: SELECT_GAPS,
  values: ({ batch }) => {
    const { from, to, ownSyncId } = scopeOf(batch.message);
    return [from, to, ownSyncId];
  },
  receive: (state, gaps) => ({ ...state, gaps }),
};

const toSides = ({ totals }: Proof, held: Record<Counted, number>) =>
  Object.fromEntries(
    COUNTED.map((indicator) => [indicator, { expected: totals[indicator], held: held[indicator] }]),
  ) as Record<Counted, ProofSides>;

export const countHeld: Step = {
  doing: 'counting what ONA holds',
  text: COUNT_HELD,
  values: ({ batch: { proof, message }, gaps }) =>
    gaps.length > 0 || !proof?.changed
      ? null
      : [addSeconds(message.window.to, 1), json(proof.changed)],
  receive: (state, [held]) => ({ ...state, sides: toSides(state.batch.proof!, held) }),
};

export const writeProof: Step = {
  doing: 'writing the proof',
  text: WRITE_PROOF,
  values: ({ sides, batch: { message } }) =>
    sides && [json(toProofLines(sides)), message.syncId, message.batch, message.window.to],
};

export const commit: Step = { doing: 'committing', text: 'COMMIT' };

/**
 * Hands on what the batch did and what comes next, now that it is committed.
 * @throws {SyncError} INCOMPLETE where the proof fails for good; the ledger has its numbers
 */
export const handOnOutcome = (state: UpsertState): State & { data: Outcome } => {
  const { batch, gaps, held, sides, rows, written, configuration } = state;
  const { next, complete, ended } = decide(batch, gaps, held.superseded, sides);
  const summary: Summary = { ...summarise(batch, rows, written), proof: sides, complete, ended };
  console.log(`Batch ${summary.batch} of sync ${summary.syncId}: ${json(summary.indicators)}`);
  if (!next && !complete && !held.superseded) {
    const numbers = COUNTED.map(
      (each) => `${each}: Primero ${sides?.[each].expected}, ONA ${sides?.[each].held}`,
    );
    throw new SyncError(
      'INCOMPLETE',
      `Up to ${batch.message.window.to} the numbers differ (${numbers.join('; ')}).`,
    );
  }
  return { configuration, references: [], data: { summary, next } };
};
