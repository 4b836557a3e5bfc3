import * as v from 'valibot';
import { SyncError } from './errors.ts';
import { COUNTED, INDICATORS } from './indicators.ts';
import {
  CLOCK_TOLERANCE_SECONDS,
  MAX_AUDITS,
  MAX_BATCH_BYTES,
  MAX_MENDS,
  PAGE_SIZE,
  PROOF_ATTEMPTS,
  SAFETY_LAG_SECONDS,
} from './settings.ts';
import { isInstant, toMs } from './time.ts';

export const SecondSchema = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
    'must be whole seconds in UTC, such as 2026-07-01T00:00:00Z',
  ),
  v.check((text) => isInstant(text), 'must be a time that exists'),
);

/** Whole seconds, both inclusive. */
export const RangeSchema = v.strictObject({ from: SecondSchema, to: SecondSchema });

const RequestSchema = v.strictObject({
  indicator: v.picklist(INDICATORS),
  ...RangeSchema.entries,
  /** Whether what ONA holds in the range and Primero does not have is to be taken out. */
  reconcile: v.optional(v.literal(true)),
});

const count = (lowest: number, highest: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(lowest), v.maxValue(highest));

export const BatchBytesSchema = count(1, MAX_BATCH_BYTES);

const ProofSchema = v.strictObject({
  /** How many times the whole window has been counted; 1 where it says nothing. */
  attempt: v.optional(count(1, PROOF_ATTEMPTS)),
  /** How many times this sync has read ranges again to mend a difference. */
  mends: v.optional(count(0, MAX_MENDS)),
  /** Ranges to count, in search of a difference; without them the whole window is counted. */
  audits: v.optional(
    v.pipe(
      v.array(v.strictObject({ indicator: v.picklist(COUNTED), ...RangeSchema.entries })),
      v.minLength(1),
      v.maxLength(MAX_AUDITS),
    ),
  ),
});

/** The one message of the sync, version 1. It carries no case data and no secret. */
const MessageSchema = v.strictObject({
  type: v.literal('primero-ona-sync/batch'),
  version: v.literal(1),
  mode: v.picklist(['sync', 'backfill', 'slice']),
  /** Names the sync, and goes into file names: letters, digits and dashes only. */
  syncId: v.pipe(
    v.string(),
    v.regex(/^[A-Za-z0-9-]{1,40}$/, 'must be 1 to 40 letters, digits and dashes'),
  ),
  batch: count(1, 1_000_000),
  window: RangeSchema,
  /** What to fetch; none asks for the proof of completeness alone. */
  requests: v.pipe(v.array(RequestSchema), v.maxLength(INDICATORS.length)),
  pageSize: v.optional(count(1, PAGE_SIZE)),
  /** Bytes of records that each batch hands on as state, where it is not run on the Core plan. */
  batchBytes: v.optional(BatchBytesSchema),
  proof: v.optional(ProofSchema),
});

export type Range = v.InferOutput<typeof RangeSchema>;
export type Request = v.InferOutput<typeof RequestSchema>;
export type Message = v.InferOutput<typeof MessageSchema>;

const invalid = (field: string, problem: string): never => {
  throw new SyncError('MESSAGE_INVALID', `The message's "${field}" ${problem}.`);
};

const checkOrder = (field: string, range: Range): void => {
  if (range.from > range.to)
    invalid(`${field}.to`, `(${range.to}) is before its from (${range.from})`);
};

/** In the order of the indicators: of a child that two requests bring, the first is believed to bring most. */
const inOrder = (requests: readonly Request[]): Request[] =>
  INDICATORS.flatMap((name) => requests.filter(({ indicator }) => indicator === name));

const problemOf = ({ type, message, expected }: v.BaseIssue<unknown>): string => {
  if (expected === 'never') return 'is not a field of a message';
  // Of a key that is not there, valibot says the key's name.
  if (type === 'strict_object' && expected?.startsWith('"')) return 'is missing';
  if (type === 'integer') return 'must be a whole number';
  return message.startsWith('must') ? message : `must be ${expected}`;
};

/** The first thing wrong with a value, as a field's path and a problem; the value itself is not shown. */
export const firstIssue = (issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]) => ({
  field: v.getDotPath(issues[0]),
  problem: problemOf(issues[0]),
});

/**
 * Checks a message strictly.
 *
 * @param value anything, such as the body that came to the inbox
 * @param now ms since 1970: a window ends a safety lag before it, or else the ledger would call covered what
 * Primero does not show yet
 * @throws {SyncError} MESSAGE_INVALID, with the path of the first wrong field
 * @example <caption>The body of a webhook</caption>
 * parseMessage(state.data, Date.now())
 */
export const parseMessage = (value: unknown, now: number): Message => {
  const result = v.safeParse(MessageSchema, value);
  if (!result.success) {
    const { field, problem } = firstIssue(result.issues);
    if (field === null) throw new SyncError('MESSAGE_INVALID', 'The message is not an object.');
    return invalid(field, problem);
  }
  const message = result.output;
  checkOrder('window', message.window);
  const endedMs = now - toMs(message.window.to);
  if (endedMs < 0) invalid('window.to', `(${message.window.to}) is in the future`);
  if (endedMs < (SAFETY_LAG_SECONDS - CLOCK_TOLERANCE_SECONDS) * 1000) {
    const minutes = SAFETY_LAG_SECONDS / 60;
    invalid(
      'window.to',
      `(${message.window.to}) is not ${minutes} minutes ago: what changed until then may not show yet`,
    );
  }
  const checkRanges = (field: string, ranges: readonly Range[]) =>
    ranges.forEach((range, index) => {
      checkOrder(`${field}.${index}`, range);
      if (range.to > message.window.to) {
        invalid(`${field}.${index}.to`, `(${range.to}) is after the window's end`);
      }
    });
  checkRanges('requests', message.requests);
  const asked = message.requests.map(({ indicator }) => indicator);
  const twice = asked.findIndex((indicator, index) => asked.indexOf(indicator) < index);
  if (twice > 0) invalid(`requests.${twice}.indicator`, 'is asked for twice');
  checkRanges('proof.audits', message.proof?.audits ?? []);
  return { ...message, requests: inOrder(message.requests) };
};
