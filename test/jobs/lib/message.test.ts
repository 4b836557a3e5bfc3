import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SyncError } from '../../../jobs/lib/errors.ts';
import { parseMessage } from '../../../jobs/lib/message.ts';

const NOW = Date.parse('2026-10-01T00:00:00Z');
const TO = '2026-09-30T23:50:00Z';

const request = (fields: object = {}) => ({
  indicator: 'under18',
  from: '2026-08-02T10:01:07Z',
  to: TO,
  ...fields,
});

/** The example of sync.md. */
const message = (fields: object = {}): Record<string, unknown> => ({
  type: 'primero-ona-sync/batch',
  version: 1,
  mode: 'sync',
  syncId: '20261001T000000Z-k3v9',
  batch: 4,
  window: { from: '2026-07-01T00:00:00Z', to: TO },
  requests: [
    { indicator: 'reintegration', from: '2026-08-11T04:20:31Z', to: TO },
    { indicator: 'under18', from: '2026-08-02T10:01:07Z', to: TO },
  ],
  ...fields,
});

const window = (fields: object) =>
  message({ window: { from: '2026-07-01T00:00:00Z', to: TO, ...fields } });
const without = (field: string) => {
  const { [field]: _, ...rest } = message();
  return rest;
};

describe('parseMessage takes', () => {
  test.each<[name: string, value: object]>([
    ['the example of sync.md', message()],
    ['mode backfill', message({ mode: 'backfill' })],
    ['mode slice', message({ mode: 'slice' })],
    ['no requests: the proof alone', message({ requests: [] })],
    [
      'one request for each indicator',
      message({
        requests: ['reintegration', 'under18', 'leavers'].map((indicator) =>
          request({ indicator }),
        ),
      }),
    ],
    ['a request of one second', message({ requests: [request({ from: TO })] })],
    ['a request to be reconciled', message({ requests: [request({ reconcile: true })] })],
    ['a window of one second', window({ from: TO })],
    ['a window that ends 9 minutes ago', window({ to: '2026-09-30T23:51:00Z' })],
    ['the first batch', message({ batch: 1 })],
    ['the smallest page', message({ pageSize: 1 })],
    ['the largest page', message({ pageSize: 1000 })],
    ['the smallest batch', message({ batchBytes: 1 })],
    ['the largest batch', message({ batchBytes: 7_500_000 })],
    ['a syncId of 40 characters', message({ syncId: 'a'.repeat(40) })],
    ['a leap day', window({ from: '2024-02-29T00:00:00Z' })],
    ['a proof', message({ proof: { attempt: 2, mends: 0, audits: [request()] } })],
  ])('%s', (_, value) => {
    expect(parseMessage(value, NOW)).toEqual(value);
  });
});

test('parseMessage puts requests into the order of the indicators, the one that brings least of a child last', () => {
  const requests = ['leavers', 'under18', 'reintegration'].map((indicator) =>
    request({ indicator }),
  );
  expect(parseMessage(message({ requests }), NOW).requests).toEqual([...requests].reverse());
});

const TIME = 'must be whole seconds in UTC, such as 2026-07-01T00:00:00Z';
const NONE = 'must be a time that exists';

describe('parseMessage refuses, and names the field', () => {
  test.each<[name: string, value: unknown, field: string, problem: string]>([
    ['another type', message({ type: 'x' }), 'type', 'must be "primero-ona-sync/batch"'],
    ['no type', without('type'), 'type', 'is missing'],
    ['version 2', message({ version: 2 }), 'version', 'must be 1'],
    ['a version as text', message({ version: '1' }), 'version', 'must be 1'],
    ['no version', without('version'), 'version', 'is missing'],
    ['an unknown mode', message({ mode: 'x' }), 'mode', 'must be ("sync" | "backfill" | "slice")'],
    ['an extra field', message({ note: 1 }), 'note', 'is not a field of a message'],
    [
      'an extra field of the window',
      window({ page: 1 }),
      'window.page',
      'is not a field of a message',
    ],
    [
      'an extra field of a request',
      message({ requests: [request({ page: 1 })] }),
      'requests.0.page',
      'is not a field of a message',
    ],
    [
      '__proto__',
      JSON.parse(JSON.stringify(message()).replace('{', '{"__proto__":1,')),
      '__proto__',
      'is not a field of a message',
    ],
    ['a page of 0', message({ pageSize: 0 }), 'pageSize', 'must be >=1'],
    ['a page of 1001', message({ pageSize: 1001 }), 'pageSize', 'must be <=1000'],
    ['a page of a half', message({ pageSize: 0.5 }), 'pageSize', 'must be a whole number'],
    ['a page as text', message({ pageSize: '5' }), 'pageSize', 'must be number'],
    ['a batch of 0 bytes', message({ batchBytes: 0 }), 'batchBytes', 'must be >=1'],
    [
      'a batch that no plan keeps',
      message({ batchBytes: 7_500_001 }),
      'batchBytes',
      'must be <=7500000',
    ],
    ['batch 0', message({ batch: 0 }), 'batch', 'must be >=1'],
    ['batch 1,000,001', message({ batch: 1_000_001 }), 'batch', 'must be <=1000000'],
    ['half a batch', message({ batch: 1.5 }), 'batch', 'must be a whole number'],
    ['no batch', without('batch'), 'batch', 'is missing'],
    ['no window', without('window'), 'window', 'is missing'],
    ['a window that is null', message({ window: null }), 'window', 'must be Object'],
    [
      'a window that ends before its start',
      window({ from: TO, to: '2026-07-01T00:00:00Z' }),
      'window.to',
      '(2026-07-01T00:00:00Z) is before its from (2026-09-30T23:50:00Z)',
    ],
    [
      'a window that ends a second from now',
      window({ to: '2026-10-01T00:00:01Z' }),
      'window.to',
      '(2026-10-01T00:00:01Z) is in the future',
    ],
    [
      'a window that ends less than the safety lag ago',
      window({ to: '2026-09-30T23:51:01Z' }),
      'window.to',
      '(2026-09-30T23:51:01Z) is not 10 minutes ago: what changed until then may not show yet',
    ],
    ['a time with a fraction', window({ from: '2026-07-01T00:00:00.000Z' }), 'window.from', TIME],
    ['a time with a zone', window({ from: '2026-07-01T00:00:00+07:00' }), 'window.from', TIME],
    ['a time without a zone', window({ from: '2026-07-01T00:00:00' }), 'window.from', TIME],
    ['a day', window({ from: '2026-07-01' }), 'window.from', TIME],
    ['a time with a line end', window({ from: '2026-07-01T00:00:00Z\n' }), 'window.from', TIME],
    ['a time that is a number', window({ from: 0 }), 'window.from', 'must be string'],
    ['no time', window({ from: undefined }), 'window.from', 'must be string'],
    ['30 February', window({ from: '2026-02-30T00:00:00Z' }), 'window.from', NONE],
    ['29 February in a common year', window({ from: '2026-02-29T00:00:00Z' }), 'window.from', NONE],
    ['month 13', window({ from: '2026-13-01T00:00:00Z' }), 'window.from', NONE],
    ['day 0', window({ from: '2026-01-00T00:00:00Z' }), 'window.from', NONE],
    ['hour 24', window({ from: '2026-01-01T24:00:00Z' }), 'window.from', NONE],
    ['second 60', window({ from: '2026-01-01T00:00:60Z' }), 'window.from', NONE],
    [
      'year 0, which PostgreSQL does not have',
      window({ from: '0000-01-01T00:00:00Z' }),
      'window.from',
      NONE,
    ],
    ['no requests', without('requests'), 'requests', 'is missing'],
    ['requests that are no list', message({ requests: {} }), 'requests', 'must be Array'],
    [
      'too many requests',
      message({ requests: Array(4).fill(request()) }),
      'requests',
      'must be <=3',
    ],
    [
      'two requests for one indicator',
      message({ requests: [request(), request()] }),
      'requests.1.indicator',
      'is asked for twice',
    ],
    ['a request that is null', message({ requests: [null] }), 'requests.0', 'must be Object'],
    [
      'an unknown indicator',
      message({ requests: [request(), request({ indicator: 'x' })] }),
      'requests.1.indicator',
      'must be ("reintegration" | "under18" | "leavers")',
    ],
    [
      'a request that ends before its start',
      message({ requests: [request({ to: '2026-08-01T00:00:00Z' })] }),
      'requests.0.to',
      '(2026-08-01T00:00:00Z) is before its from (2026-08-02T10:01:07Z)',
    ],
    [
      'a request beyond the window',
      message({ requests: [request({ to: '2026-09-30T23:50:01Z' })] }),
      'requests.0.to',
      "(2026-09-30T23:50:01Z) is after the window's end",
    ],
    [
      'a request with 31 June',
      message({ requests: [request({ from: '2026-06-31T00:00:00Z' })] }),
      'requests.0.from',
      NONE,
    ],
    [
      'reconcile false',
      message({ requests: [request({ reconcile: false })] }),
      'requests.0.reconcile',
      'must be true',
    ],
    [
      'a syncId with a slash',
      message({ syncId: '../a' }),
      'syncId',
      'must be 1 to 40 letters, digits and dashes',
    ],
    [
      'a syncId of 41 characters',
      message({ syncId: 'a'.repeat(41) }),
      'syncId',
      'must be 1 to 40 letters, digits and dashes',
    ],
    [
      'an empty syncId',
      message({ syncId: '' }),
      'syncId',
      'must be 1 to 40 letters, digits and dashes',
    ],
    [
      'a syncId with a line end',
      message({ syncId: 'a\n' }),
      'syncId',
      'must be 1 to 40 letters, digits and dashes',
    ],
    [
      'a proof with another field',
      message({ proof: { x: 1 } }),
      'proof.x',
      'is not a field of a message',
    ],
    [
      'an audit of leavers, who are not counted',
      message({ proof: { audits: [request({ indicator: 'leavers' })] } }),
      'proof.audits.0.indicator',
      'must be ("reintegration" | "under18")',
    ],
    [
      'an audit beyond the window',
      message({ proof: { audits: [request({ to: '2026-09-30T23:50:01Z' })] } }),
      'proof.audits.0.to',
      "(2026-09-30T23:50:01Z) is after the window's end",
    ],
    [
      'an audit that ends before its start',
      message({ proof: { audits: [request({ to: '2026-08-01T00:00:00Z' })] } }),
      'proof.audits.0.to',
      '(2026-08-01T00:00:00Z) is before its from (2026-08-02T10:01:07Z)',
    ],
    ['a list', [], 'type', 'is missing'],
  ])('%s', (_, value, field, problem) => {
    expect(() => parseMessage(value, NOW)).toThrow(
      new SyncError('MESSAGE_INVALID', `The message's "${field}" ${problem}.`),
    );
  });

  test.each([
    ['null', null],
    ['nothing', undefined],
    ['a text', 'message'],
    ['a number', 1],
  ])('%s', (_, value) => {
    expect(() => parseMessage(value, NOW)).toThrow(
      new SyncError('MESSAGE_INVALID', 'The message is not an object.'),
    );
  });
});

test('Whatever comes is taken as it is, or refused with MESSAGE_INVALID and none of its values, 3,000 times', () => {
  const field = fc.constantFrom(...Object.keys(message()), 'pageSize', 'proof', 'note');
  const value = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>('VALUE-MARK', ['VALUE-MARK'], { from: 'VALUE-MARK' }, [
      request({ from: 'VALUE-MARK' }),
    ]),
  );
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(field, value, { maxKeys: 2 }).map(message),
  );
  fc.assert(
    fc.property(anything, (body) => {
      try {
        const taken = parseMessage(body, NOW);
        expect(parseMessage(taken, NOW)).toEqual(taken);
      } catch (error) {
        expect(error).toMatchObject({ name: 'SyncError', code: 'MESSAGE_INVALID' });
        expect((error as Error).message).not.toContain('VALUE-MARK');
      }
    }),
    { numRuns: 3_000 },
  );
});
