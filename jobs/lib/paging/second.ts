import { SyncError } from '../errors.ts';
import { MAX_PASSES } from '../settings.ts';
import type { Second } from '../time.ts';

/**
 * Reading one second that holds more records than a page: a bulk import. Records with equal keys have no
 * fixed order, so paging forward may miss some, however often it is done.
 *
 * The second is read by page number from the last page down to the first: a record that leaves it (it was
 * updated, and so has a later key) moves only records of later pages, which were read already. Passes go on
 * until the distinct ids seen since `total` last changed are as many as `total`.
 */
export interface SecondReading {
  at: Second;
  /** Records that Primero counts in this second; null until asked. */
  total: number | null;
  /** The page to ask for next. */
  page: number;
  /** Ids seen since the total last changed. */
  seen: ReadonlySet<string>;
  passes: number;
  isDone: boolean;
}

export const startSecond = (at: Second): SecondReading => ({
  at,
  total: null,
  page: 1,
  seen: new Set(),
  passes: 0,
  isDone: false,
});

export const unsettled = (at: Second): SyncError =>
  new SyncError(
    'PRIMERO_UNSETTLED',
    `The second ${at} could not be read whole in ${MAX_PASSES} passes.`,
  );

const lastPage = (total: number, per: number): number => Math.max(1, Math.ceil(total / per));

/**
 * Takes in a page of the second.
 * @throws {SyncError} PRIMERO_UNSETTLED after too many passes
 */
export const receiveSecond = (
  reading: SecondReading,
  ids: readonly string[],
  total: number,
  per: number,
): SecondReading => {
  const changed = total !== reading.total;
  const seen = new Set(changed ? ids : [...reading.seen, ...ids]);
  const isDone = seen.size >= total;
  if (!changed && reading.page > 1) return { ...reading, seen, isDone, page: reading.page - 1 };
  // A pass has ended at the first page, or starts anew because the total changed.
  const passes = reading.passes + (reading.total === null ? 0 : 1);
  if (!isDone && passes >= MAX_PASSES) {
    throw unsettled(reading.at);
  }
  return { ...reading, total, seen, isDone, passes, page: lastPage(total, per) };
};
