import * as v from 'valibot';
import { SyncError } from './errors.ts';
import { COUNTED, INDICATORS } from './indicators.ts';
import {
  BatchBytesSchema,
  firstIssue,
  type Message,
  parseMessage,
  RangeSchema,
  SecondSchema,
} from './message.ts';
import { SAFETY_LAG_SECONDS, START_OF_RECORDS } from './settings.ts';
import { addSeconds } from './time.ts';

/** What initiate-sync takes: nothing, or the cursor that its last run left, or a window to walk again; and how large batches are. */
const InputSchema = v.strictObject({
  cursor: v.optional(SecondSchema),
  backfill: v.optional(RangeSchema),
  batchBytes: v.optional(BatchBytesSchema),
  /** What the last run posted; the platform starts a run with the whole final state of the last. */
  next: v.optional(v.unknown()),
});

/** A name for a sync: its start, and four random characters so that two at once differ. */
const makeSyncId = (now: number, random: () => number): string => {
  const start = addSeconds(now, 0).replaceAll(/[-:]/g, '');
  const suffix = Math.floor(random() * 36 ** 4)
    .toString(36)
    .padStart(4, '0');
  return `${start}-${suffix}`;
};

/**
 * The first message of a sync. Its window ends a safety lag before now. The first requests start at the
 * cursor, or at the start of records: the ledger moves them on after one batch, whatever the cursor says.
 *
 * @param input `state.data` of initiate-sync
 * @param now ms since 1970
 * @param random a number in [0, 1)
 * @throws {SyncError} INPUT_INVALID, naming the field
 */
export const firstMessage = (input: unknown, now: number, random: () => number): Message => {
  const parsed = v.safeParse(InputSchema, input ?? {});
  if (!parsed.success) {
    const { field } = firstIssue(parsed.issues);
    throw new SyncError('INPUT_INVALID', `"${field}" is not what initiate-sync takes.`);
  }
  const { cursor, backfill, batchBytes } = parsed.output;
  const end = addSeconds(now, -SAFETY_LAG_SECONDS);
  // A cursor may lie ahead of the end, where two runs follow each other within the lag.
  const start = cursor !== undefined && cursor > end ? end : (cursor ?? START_OF_RECORDS);
  const window = backfill ?? { from: start, to: end };
  // Leavers concern cases that ONA holds: a sync that starts afresh has the ledger say whether there are any.
  const asked = cursor === undefined ? COUNTED : INDICATORS;
  return parseMessage(
    {
      type: 'primero-ona-sync/batch',
      version: 1,
      mode: backfill ? 'backfill' : 'sync',
      syncId: makeSyncId(now, random),
      batch: 1,
      window,
      requests: asked.map((indicator) => ({ indicator, ...window })),
      ...(batchBytes !== undefined && { batchBytes }),
    },
    now,
  );
};
