import { describe, expect, test } from 'vitest';
import { afterFirst, handOnBatch, readMessage } from '../../../jobs/asking/start.ts';
import type { GetState } from '../../../jobs/asking/state.ts';
import { BATCH_BYTES } from '../../../jobs/policy.ts';
import { firstMessage, message } from '../message/messages.ts';

const URL = 'https://primero.example.org';
const start = (data: unknown, configuration: Record<string, unknown> = { url: URL }) =>
  readMessage({ configuration, data, references: ['what came before'] });

describe('get-cases begins', () => {
  test('with the message, and an empty batch', () => {
    const { message: own, data, references, reading } = start(message());
    expect(own).toEqual(message());
    expect({ data, references }).toEqual({ data: null, references: [] });
    expect(reading).toMatchObject({ message: message(), next: message().from, rows: [] });
    expect(reading.room).toBe(BATCH_BYTES);
  });

  test('with the room that its credential gives', () => {
    expect(start(message(), { url: URL, batchBytes: 1000 }).reading.room).toBe(1000);
  });

  test.each<[name: string, configuration: Record<string, unknown>, text: string]>([
    ['no address', {}, 'CREDENTIAL_INVALID: The credential "primero" has no "url".'],
    [
      'a size as text',
      { url: URL, batchBytes: '1000' },
      'CREDENTIAL_INVALID: "batchBytes" of the credential "primero" is no size.',
    ],
    [
      'no room at all',
      { url: URL, batchBytes: 0 },
      'CREDENTIAL_INVALID: "batchBytes" of the credential "primero" is no size.',
    ],
  ])('and refuses a credential with %s', (_, configuration, text) => {
    expect(() => start(message(), configuration)).toThrow(text);
  });

  test('and refuses what is no message', () => {
    expect(() => start({})).toThrow('MESSAGE_INVALID');
  });
});

test('What the first batch leaves out is done in all others', async () => {
  const operation = afterFirst(async (state) => ({ ...state, data: 'done' }));
  const dataOf = async (own: object) => (await operation(start(own) as GetState)).data;
  expect(await dataOf(firstMessage())).toBeNull();
  expect(await dataOf(message())).toBe('done');
  expect(await dataOf(firstMessage({ part: 2 }))).toBe('done');
  expect(await dataOf(firstMessage({ dryRun: true }))).toBe('done');
});

test('get-cases hands on the batch and nothing else', () => {
  const { message: own, ...rest } = handOnBatch(start(message())) as unknown as Record<
    string,
    unknown
  >;
  expect(own).toBeUndefined();
  expect(rest).toEqual({
    configuration: { url: URL },
    data: {},
    references: [],
    batch: {
      message: message(),
      windows: [],
      next: message().from,
      left: null,
      rows: [],
      values: [],
      lists: null,
      findings: [],
      totals: null,
      cuts: [],
      recounted: [],
    },
  });
});
