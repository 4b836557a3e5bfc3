import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { ASKED_IDS, PAGE_SIZE, RECOUNTED_WINDOWS } from '../policy.ts';
import { isInstant } from '../time.ts';
import { isFirst, type Message } from './message.ts';

/** What a field must be, and a check of its value. */
type Rule = [must: string, isValid: (value: unknown) => boolean];

const matches = (pattern: RegExp) => (value: unknown) =>
  typeof value === 'string' && pattern.test(value);
const isSecond = (value: unknown) =>
  matches(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/)(value) && isInstant(value);
const isId = matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

const is = (wanted: unknown): Rule => [
  `must be ${JSON.stringify(wanted)}`,
  (value) => value === wanted,
];
const count = (lowest: number, highest: number): Rule => [
  `must be a whole number from ${lowest} to ${highest}`,
  (value) => Number.isInteger(value) && Number(value) >= lowest && Number(value) <= highest,
];
const list = (what: string, isEntry: (value: unknown) => boolean, longest: number): Rule => [
  `must be a list of at most ${longest} ${what}`,
  (value) => Array.isArray(value) && value.length <= longest && value.every(isEntry),
];
const SECOND: Rule = ['must be whole seconds in UTC, such as 2026-07-01T00:00:00Z', isSecond];
const SECOND_OR_NULL: Rule = [
  `${SECOND[0]}, or null`,
  (value) => value === null || isSecond(value),
];

const REQUIRED: Record<string, Rule> = {
  type: is('primero-ona-sync/batch'),
  version: is(2),
  // It is used in names of files.
  syncId: ['must be 1 to 40 letters, digits and dashes', matches(/^[A-Za-z0-9-]{1,40}$/)],
  part: count(1, 16),
  batch: count(1, 1_000_000),
  from: SECOND_OR_NULL,
  to: SECOND_OR_NULL,
  ask: list('ids (UUIDs in lower case)', isId, ASKED_IDS),
};

const OPTIONAL: Record<string, Rule> = {
  page: count(1, PAGE_SIZE),
  recount: list('times', isSecond, RECOUNTED_WINDOWS),
  changedSince: SECOND,
  dryRun: is(true),
};

/** Fields that only a first message has: ONA keeps them for the later batches. */
const ONLY_FIRST: Record<string, Rule> = {
  unlessCompleteSince: SECOND,
  parts: count(1, 16),
  takeOver: is(true),
  acceptRemovals: count(0, 1_000_000_000),
};

const check = (isRight: boolean, field: string, problem: string): void => {
  if (!isRight) throw new SyncError(errors.MESSAGE_INVALID, `The message's "${field}" ${problem}.`);
};

/**
 * Checks a message strictly.
 *
 * @param value anything, such as the body that came to the inbox
 * @throws {SyncError} MESSAGE_INVALID, with the first wrong field; no value is shown
 * @example <caption>The body of a webhook</caption>
 * parseMessage(state.data)
 */
export const parseMessage = (value: unknown): Message => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SyncError(errors.MESSAGE_INVALID, 'The message is not an object.');
  const given = value as Record<string, unknown>;
  const known = { ...REQUIRED, ...OPTIONAL, ...ONLY_FIRST };
  for (const field of Object.keys(given))
    check(Object.hasOwn(known, field), field.slice(0, 40), 'is not a field of a message');
  for (const [field, [must, isValid]] of Object.entries(known)) {
    const isThere = given[field] !== undefined;
    check(isThere || !Object.hasOwn(REQUIRED, field), field, 'is missing');
    check(!isThere || isValid(given[field]), field, must);
  }
  const message = value as Message;
  const { from, to, recount = [] } = message;
  check(from === null || to === null || from < to, 'to', 'is not after "from"');
  const isInOrder = recount.every((start, index) => index === 0 || start > recount[index - 1]!);
  check(isInOrder, 'recount', 'is not in order');
  for (const field of Object.keys(ONLY_FIRST))
    check(given[field] === undefined || isFirst(message), field, 'belongs into a first message');
  return message;
};
