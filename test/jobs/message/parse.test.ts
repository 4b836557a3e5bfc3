import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as errors from '../../../jobs/errors/registry.ts';
import { SyncError } from '../../../jobs/errors/sync-error.ts';
import { parseMessage } from '../../../jobs/message/parse.ts';
import { firstMessage, idOf, message } from './messages.ts';

const ids = (count: number) => Array.from({ length: count }, (_, n) => idOf(n));

const seconds = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString().replace('.000', ''),
  );

const without = (field: string) => {
  const { [field]: _, ...rest } = { ...message() } as Record<string, unknown>;
  return rest;
};

describe('A message is taken', () => {
  test.each<[name: string, value: object]>([
    ['of a later batch', message()],
    ['of the first batch', firstMessage()],
    ['of a census in parts', firstMessage({ parts: 4 })],
    ["with a person's words", firstMessage({ takeOver: true, acceptRemovals: 0 })],
    ['of the cron', firstMessage({ unlessCompleteSince: '2026-10-01T00:00:00Z' })],
    ['of changes only', message({ changedSince: '2026-10-01T00:00:00Z' })],
    ['of a dry run, also in its first batch', firstMessage({ dryRun: true })],
    ['of questions alone', message({ from: null, ask: ids(1) })],
    ['of as many questions as there can be', message({ ask: ids(500) })],
    ['of a batch that knows how large a page may be', message({ page: 1000 })],
    ['of windows that are to be counted again', message({ from: null, recount: seconds(100) })],
    ['of a part that ends', message({ part: 16, to: '2026-01-01T00:00:01Z' })],
    ['of the last batch that there can be', message({ batch: 1_000_000 })],
    ['with the longest name of a sync', message({ syncId: 'a'.repeat(40) })],
    ['with a leap day', message({ from: '2024-02-29T00:00:00Z' })],
  ])('%s', (_, value) => {
    expect(parseMessage(value)).toEqual(value);
  });
});

const SECOND = 'must be whole seconds in UTC, such as 2026-07-01T00:00:00Z';
const IDS = 'must be a list of at most 500 ids (UUIDs in lower case)';

describe('A message is refused, by the first field that is wrong', () => {
  test.each<[name: string, value: unknown, field: string, problem: string]>([
    ...['type', 'version', 'syncId', 'part', 'batch', 'from', 'to', 'ask'].map(
      (field): [string, unknown, string, string] => [
        `without ${field}`,
        without(field),
        field,
        'is missing',
      ],
    ),
    ['another type', { ...message(), type: 'x' }, 'type', 'must be "primero-ona-sync/batch"'],
    ['version 1', { ...message(), version: 1 }, 'version', 'must be 2'],
    ['version as text', { ...message(), version: '2' }, 'version', 'must be 2'],
    [
      'a name that leads out of a folder',
      message({ syncId: '../x' }),
      'syncId',
      'must be 1 to 40 letters, digits and dashes',
    ],
    [
      'a name that is too long',
      message({ syncId: 'a'.repeat(41) }),
      'syncId',
      'must be 1 to 40 letters, digits and dashes',
    ],
    [
      'a name with a line end',
      message({ syncId: 'a\n' }),
      'syncId',
      'must be 1 to 40 letters, digits and dashes',
    ],
    ['part 0', message({ part: 0 }), 'part', 'must be a whole number from 1 to 16'],
    ['part 17', message({ part: 17 }), 'part', 'must be a whole number from 1 to 16'],
    ['half a batch', message({ batch: 1.5 }), 'batch', 'must be a whole number from 1 to 1000000'],
    ['milliseconds', message({ from: '2026-01-01T00:00:00.000Z' }), 'from', `${SECOND}, or null`],
    ['30 February', message({ from: '2026-02-30T00:00:00Z' }), 'from', `${SECOND}, or null`],
    ['another zone', message({ to: '2027-01-01T00:00:00+07:00' }), 'to', `${SECOND}, or null`],
    ['an id in capitals', message({ ask: [idOf(1).replace('8', 'A')] }), 'ask', IDS],
    ['a path for an id', message({ ask: ['../../users'] }), 'ask', IDS],
    ['one id for a list', { ...message(), ask: idOf(1) }, 'ask', IDS],
    ['too many ids', message({ ask: ids(501) }), 'ask', IDS],
    [
      'too many windows to count',
      message({ recount: seconds(101) }),
      'recount',
      'must be a list of at most 100 times',
    ],
    [
      'windows to count that go back',
      message({ from: null, recount: seconds(2).reverse() }),
      'recount',
      'is not in order',
    ],
    [
      'a window to count twice',
      message({ from: null, recount: ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'] }),
      'recount',
      'is not in order',
    ],
    [
      'a window that ends where it begins',
      message({ to: message().from }),
      'to',
      'is not after "from"',
    ],
    ['changed since some day', message({ changedSince: '2026-01-01' }), 'changedSince', SECOND],
    ['a dry run that is none', { ...message(), dryRun: false }, 'dryRun', 'must be true'],
    ['a field that it has not', { ...message(), extra: 1 }, 'extra', 'is not a field of a message'],
    [
      'a name that objects have',
      { ...message(), constructor: 1 },
      'constructor',
      'is not a field of a message',
    ],
    [
      'negative removals',
      firstMessage({ acceptRemovals: -1 }),
      'acceptRemovals',
      'must be a whole number from 0 to 1000000000',
    ],
    ...(
      [
        ['unlessCompleteSince', '2026-01-01T00:00:00Z'],
        ['parts', 2],
        ['takeOver', true],
        ['acceptRemovals', 9],
      ] as const
    ).flatMap(([field, value]): [string, unknown, string, string][] => [
      [
        `${field} in a later batch`,
        message({ [field]: value }),
        field,
        'belongs into a first message',
      ],
      [
        `${field} in another part`,
        firstMessage({ part: 2, [field]: value }),
        field,
        'belongs into a first message',
      ],
      [
        `${field} in a dry run`,
        firstMessage({ dryRun: true, [field]: value }),
        field,
        'belongs into a first message',
      ],
    ]),
  ])('%s', (_, value, field, problem) => {
    expect(() => parseMessage(value)).toThrow(
      new SyncError(errors.MESSAGE_INVALID, `The message's "${field}" ${problem}.`),
    );
  });

  test.each([
    ['null', null],
    ['a list', [message()]],
    ['a text', JSON.stringify(message())],
    ['nothing', undefined],
  ])('%s', (_, value) => {
    expect(() => parseMessage(value)).toThrow('MESSAGE_INVALID: The message is not an object.');
  });
});

test('Whatever comes is a message as it is or refused, and a refusal shows no value, 5,000 times', () => {
  const secret = fc.string({ minLength: 1 }).map((text) => `«${text}»`);
  const value = fc.oneof(secret, fc.array(secret), fc.constant(null), fc.integer(), fc.boolean());
  const changed = fc.dictionary(
    fc.constantFrom(...Object.keys(message()), 'parts', 'dryRun'),
    value,
  );
  fc.assert(
    fc.property(changed, (fields) => {
      const given = { ...message(), ...fields };
      try {
        expect(parseMessage(given)).toBe(given);
      } catch (error) {
        expect(error).toBeInstanceOf(SyncError);
        expect((error as Error).message).not.toContain('«');
      }
    }),
    { numRuns: 5_000 },
  );
});
