import { SyncError } from '../../errors.ts';
import { toKnown } from '../../known.ts';
import { type LocationRow, toGazetteer } from '../../mapping/locations.ts';
import { type PackedBatch, unpackBatch } from '../../pack.ts';
import { NOTHING_PENDING, toPending } from '../../pending.ts';
import { noRows, toRows } from '../../rows.ts';
import { MAX_BATCH_AGE_SECONDS } from '../../settings.ts';
import { LOCK, SELECT_LOCATIONS } from '../../sql/begin.ts';
import { SEEN_TIME_COLUMNS, SELECT_HELD } from '../../sql/select-held.ts';
import { toArrays } from '../../sql/unnest.ts';
import { NOTHING_WRITTEN } from '../../tally.ts';
import { toMs } from '../../time.ts';
import type { State } from '../state.ts';
import type { Step, UpsertState } from './state.ts';

/**
 * Takes the batch that get-cases handed on.
 * @throws {SyncError} BATCH_MISSING; BATCH_OUTDATED where it is so old that another batch may know better
 * @example <caption>First operation of upsert-cases</caption>
 * fn(readBatch)
 */
export const readBatch = ({
  configuration,
  batch: packed,
}: State & { batch?: PackedBatch }): UpsertState => {
  if (!packed?.message || !Array.isArray(packed.results)) {
    throw new SyncError('BATCH_MISSING', 'There is no batch in the input.');
  }
  const batch = unpackBatch(packed);
  return checkAge({
    ...{ configuration, data: null, references: [], batch },
    held: { any: true, superseded: false, reintegration: true, under18: true },
    ...{ rows: noRows(), pending: NOTHING_PENDING, written: NOTHING_WRITTEN },
    ...{ gaps: [], audited: null, verdict: null, cuts: [] },
  });
};

/**
 * Refuses a batch that was fetched too long ago. Asked again once the lock is held: a run may have waited for
 * it, or its machine may have slept; from then on nobody else writes.
 * @throws {SyncError} BATCH_OUTDATED
 */
export const checkAge = (state: UpsertState): UpsertState => {
  const { message, fetchedAt } = state.batch;
  const ageSeconds = Math.round((Date.now() - toMs(fetchedAt)) / 1000);
  if (ageSeconds <= MAX_BATCH_AGE_SECONDS) return state;
  throw new SyncError(
    'BATCH_OUTDATED',
    `Batch ${message.batch} of sync ${message.syncId} was fetched ${ageSeconds} s ago.`,
  );
};

export const begin: Step = { doing: 'beginning', text: 'BEGIN' };

export const lock: Step = { doing: 'waiting for other writers', text: LOCK };

/** Looks at what ONA holds, and leaves out what it holds as it is. */
export const selectHeld: Step = {
  doing: 'looking at what ONA holds',
  text: SELECT_HELD,
  values: ({ rows, batch: { message, results } }) => [
    message.syncId,
    message.batch,
    results.some(({ everywhere }) => everywhere === 0),
    ...toArrays(SEEN_TIME_COLUMNS, rows.seen),
  ],
  receive: (state, [{ any, superseded, reintegration, under18, ...lists }]) => ({
    ...state,
    held: { any, superseded, reintegration, under18 },
    pending: toPending(state.rows, toKnown(lists)),
  }),
};

/**
 * Does not believe that Primero has no case at all where ONA has some.
 * Of leavers there may be none: a country's last one may have been deleted, and ONA hold another as it was.
 * @throws {SyncError} PRIMERO_EMPTY
 */
export const checkEmpty = (state: UpsertState): UpsertState => {
  for (const { indicator, everywhere } of state.batch.results) {
    if (everywhere === 0 && indicator !== 'leavers' && state.held[indicator]) {
      throw new SyncError('PRIMERO_EMPTY', `Primero counts no case for ${indicator}, at any time.`);
    }
  }
  return state;
};

/** Maps the records, with the districts that ONA keeps. */
export const mapRecords: Step = {
  doing: 'reading locations_lookup',
  text: SELECT_LOCATIONS,
  receive: (state, locations: LocationRow[]) => {
    return { ...state, rows: toRows(state.batch.results, toGazetteer(locations)) };
  },
};
