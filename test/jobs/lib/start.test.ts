import { describe, expect, test } from 'vitest';
import { SyncError } from '../../../jobs/lib/errors.ts';
import { firstMessage } from '../../../jobs/lib/start.ts';

const NOW = Date.parse('2026-10-01T00:00:00.789Z');
/** Ten minutes before now, in whole seconds. */
const END = '2026-09-30T23:50:00Z';
const CURSOR = '2026-06-30T23:50:00Z';
const EPOCH = '1970-01-01T00:00:00Z';

const first = (input: unknown, random = 0.5) => firstMessage(input, NOW, () => random);

const request = (indicator: string, from: string, to = END) => ({ indicator, from, to });

describe('The first message', () => {
  test('without a cursor begins at the start of records, and leaves leavers to the ledger', () => {
    expect(first({})).toEqual({
      type: 'primero-ona-sync/batch',
      version: 1,
      mode: 'sync',
      syncId: '20261001T000000Z-i000',
      batch: 1,
      window: { from: EPOCH, to: END },
      requests: [request('reintegration', EPOCH), request('under18', EPOCH)],
    });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
  ])('takes %s for an empty input', (_, input) => {
    expect(first(input)).toEqual(first({}));
  });

  test('with a cursor begins there, for all three', () => {
    expect(first({ cursor: CURSOR })).toMatchObject({
      mode: 'sync',
      window: { from: CURSOR, to: END },
      requests: ['reintegration', 'under18', 'leavers'].map((each) => request(each, CURSOR)),
    });
  });

  test('takes the whole final state of the last run', () => {
    const next = first({});
    expect(first({ cursor: next.window.to, next }).window).toEqual({ from: END, to: END });
  });

  test('says how large batches are where it is told to', () => {
    expect(first({ batchBytes: 6_000_000 })).toEqual({ ...first({}), batchBytes: 6_000_000 });
  });

  test('with a cursor that lies ahead begins at its end', () => {
    expect(first({ cursor: '2026-10-01T00:00:00Z' })).toMatchObject({
      window: { from: END, to: END },
      requests: [{ from: END }, { from: END }, { from: END }],
    });
  });

  test('walks a window again', () => {
    const backfill = { from: '2026-01-01T00:00:00Z', to: '2026-03-31T23:59:59Z' };
    expect(first({ backfill })).toMatchObject({
      mode: 'backfill',
      window: backfill,
      requests: [
        request('reintegration', backfill.from, backfill.to),
        request('under18', backfill.from, backfill.to),
      ],
    });
  });

  test('walks the window that it is told to, wherever the cursor is', () => {
    const backfill = { from: '2026-01-01T00:00:00Z', to: '2026-03-31T23:59:59Z' };
    expect(first({ backfill, cursor: '2026-10-01T00:00:00Z' })).toMatchObject({
      mode: 'backfill',
      window: backfill,
    });
  });

  test('names two syncs of one second apart', () => {
    expect(first({}, 0).syncId).toBe('20261001T000000Z-0000');
    expect(first({}, 0.999_999_99).syncId).toBe('20261001T000000Z-zzzz');
  });

  test('changes no input', () => {
    const input = { cursor: CURSOR, backfill: { from: CURSOR, to: END } };
    const before = structuredClone(input);
    first(input);
    expect(input).toEqual(before);
  });
});

describe('An input that is not right is refused, and its field named', () => {
  test.each<[name: string, input: unknown, field: string]>([
    ['an unknown field', { since: CURSOR }, 'since'],
    ['a cursor that is a number', { cursor: 5 }, 'cursor'],
    ['a cursor that is no time', { cursor: 'yesterday' }, 'cursor'],
    ['a cursor that is a day', { cursor: '2026-06-30' }, 'cursor'],
    ['a cursor on a day that does not exist', { cursor: '2026-06-31T00:00:00Z' }, 'cursor'],
    ['half a backfill', { backfill: { from: CURSOR } }, 'backfill.to'],
    ['a backfill that is a text', { backfill: 'all' }, 'backfill'],
    ['a backfill from no time', { backfill: { from: 'x', to: END } }, 'backfill.from'],
    ['another field of a backfill', { backfill: { from: CURSOR, to: END, x: 1 } }, 'backfill.x'],
  ])('%s', (_, input, field) => {
    expect(() => first(input)).toThrow(
      new SyncError('INPUT_INVALID', `"${field}" is not what initiate-sync takes.`),
    );
  });

  test.each<[name: string, backfill: object]>([
    ['ends before its start', { from: END, to: CURSOR }],
    ['ends in the future', { from: CURSOR, to: '2026-10-01T00:00:01Z' }],
  ])('a backfill that %s', (_, backfill) => {
    expect(() => first({ backfill })).toThrow(/^MESSAGE_INVALID: The message's "window\.to" \(/);
  });
});
