import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { START_OF_RECORDS } from '../policy.ts';
import { toSecond } from '../time.ts';
import type { Message } from './message.ts';

/** What initiate-sync takes, in `state.data`; get-cases checks the values. */
const INPUTS = [
  'from',
  'to',
  'ask',
  'parts',
  'takeOver',
  'acceptRemovals',
  'changedSince',
  'dryRun',
  'unlessCompleteSince',
] as const;

/** An id for a sync: its start, and four random characters so that two that start at once differ. */
const makeSyncId = (now: number, random: number): string => {
  const suffix = Math.floor(random * 36 ** 4).toString(36);
  return `${toSecond(now).replaceAll(/[-:]/g, '')}-${suffix.padStart(4, '0')}`;
};

/** The first day of the quarter that a time is in, in UTC. */
const quarterStart = (now: number): string => {
  const date = new Date(now);
  return toSecond(Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1));
};

/**
 * The first message of a sync. Without any input it is the cron's message: the sync ends at once if this quarter already
 * has a complete census.
 *
 * @param input `state.data` of initiate-sync
 * @param now ms since 1970
 * @param random a number in [0, 1)
 * @throws {SyncError} INPUT_INVALID, naming the field
 */
export const firstMessage = (input: unknown, now: number, random: number): Message => {
  const given = Object(input);
  const names = Object.keys(given);
  const unknown = names.find((name) => !INPUTS.some((known) => known === name));
  if (unknown !== undefined)
    throw new SyncError(
      errors.INPUT_INVALID,
      `"${unknown}" is not an input that initiate-sync knows.`,
    );
  return {
    ...{ type: 'primero-ona-sync/batch', version: 2, syncId: makeSyncId(now, random) },
    ...{ part: 1, batch: 1, from: START_OF_RECORDS, to: null, ask: [] },
    ...(names.length === 0 && { unlessCompleteSince: quarterStart(now) }),
    ...given,
  };
};
