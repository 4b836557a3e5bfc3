import * as v from 'valibot';
import { SyncError } from './errors.ts';
import { INDICATORS } from './indicators.ts';
import { PAGE_SIZE, PROOF_ATTEMPTS } from './settings.ts';
import { toMs } from './time.ts';

const Second = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
    'must be whole seconds in UTC, such as 2026-07-01T00:00:00Z',
  ),
  v.check((text) => !Number.isNaN(toMs(text)), 'must be a time that exists'),
);

const Range = { from: Second, to: Second };

const RequestSchema = v.strictObject({ indicator: v.picklist(INDICATORS), ...Range });

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
  batch: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  window: v.strictObject(Range),
  /** What to fetch; none asks for the proof of completeness alone. */
  requests: v.pipe(v.array(RequestSchema), v.maxLength(INDICATORS.length)),
  pageSize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PAGE_SIZE))),
  /** How many times the proof of this window has been counted. */
  attempt: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(PROOF_ATTEMPTS))),
});

export type Request = v.InferOutput<typeof RequestSchema>;
export type Message = v.InferOutput<typeof MessageSchema>;

const invalid = (field: string, problem: string): never => {
  throw new SyncError('MESSAGE_INVALID', `The message's "${field}" ${problem}.`);
};

const checkOrder = (field: string, range: { from: string; to: string }): void => {
  if (range.from > range.to)
    invalid(`${field}.to`, `(${range.to}) is before its from (${range.from})`);
};

/** The first thing wrong with a value, as a field's path and a problem; the value itself is not shown. */
export const firstIssue = (issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]) => {
  const [issue] = issues;
  const problem = issue.message.startsWith('must') ? issue.message : `must be ${issue.expected}`;
  return { field: v.getDotPath(issue) ?? '', problem };
};

/**
 * Checks a message strictly.
 *
 * @param value anything, such as the body that came to the inbox
 * @param now ms since 1970: a window may not end after it
 * @throws {SyncError} MESSAGE_INVALID, with the path of the first wrong field
 * @example <caption>The body of a webhook</caption>
 * parseMessage(state.data, Date.now())
 */
export const parseMessage = (value: unknown, now: number): Message => {
  const result = v.safeParse(MessageSchema, value);
  if (!result.success) {
    const { field, problem } = firstIssue(result.issues);
    return invalid(field, problem === 'must be never' ? 'is not a field of a message' : problem);
  }
  const message = result.output;
  checkOrder('window', message.window);
  if (toMs(message.window.to) > now)
    invalid('window.to', `(${message.window.to}) is in the future`);
  message.requests.forEach((request, index) => {
    checkOrder(`requests.${index}`, request);
    if (request.to > message.window.to) {
      invalid(`requests.${index}.to`, `(${request.to}) is after the window's end`);
    }
  });
  return message;
};
