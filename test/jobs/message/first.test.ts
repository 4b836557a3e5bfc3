import { describe, expect, test } from 'vitest';
import { firstMessage } from '../../../jobs/message/first.ts';
import { parseMessage } from '../../../jobs/message/parse.ts';
import { idOf } from './messages.ts';

const NOW = Date.parse('2026-11-24T21:05:09.500Z');

describe('The first message', () => {
  test("without any input is the cron's: a census, unless this quarter has one", () => {
    expect(firstMessage({}, NOW, 0.5)).toEqual({
      type: 'primero-ona-sync/batch',
      version: 2,
      syncId: '20261124T210509Z-i000',
      part: 1,
      batch: 1,
      from: '1900-01-01T00:00:00Z',
      to: null,
      ask: [],
      unlessCompleteSince: '2026-10-01T00:00:00Z',
    });
  });

  test.each<[now: string, quarter: string]>([
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'],
    ['2026-03-31T23:59:59Z', '2026-01-01T00:00:00Z'],
    ['2026-04-01T00:00:00Z', '2026-04-01T00:00:00Z'],
    ['2026-12-31T23:59:59Z', '2026-10-01T00:00:00Z'],
  ])('at %s asks for a census since %s', (now, quarter) => {
    const { unlessCompleteSince } = firstMessage({}, Date.parse(now), 0);
    expect(unlessCompleteSince).toBe(quarter);
  });

  test.each<[name: string, input: object]>([
    ['a census now', { takeOver: true }],
    ['removals that are right', { acceptRemovals: 30 }],
    ['parts', { parts: 4 }],
    ['changes only', { changedSince: '2026-10-01T00:00:00Z' }],
    ['some creation time', { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }],
    ['one child', { from: null, ask: [idOf(1)] }],
    ['a dry run', { dryRun: true }],
  ])('takes %s from the input, and then does not look at the quarter', (_, input) => {
    const message = firstMessage(input, NOW, 0);
    expect(message).toMatchObject(input);
    expect(message.unlessCompleteSince).toBeUndefined();
    expect(parseMessage(message)).toBe(message);
  });

  test('names a field that it does not take', () => {
    expect(() => firstMessage({ batch: 7 }, NOW, 0)).toThrow(
      'INPUT_INVALID: "batch" is not an input that initiate-sync knows.',
    );
  });

  test.each([
    ['null', null],
    ['nothing', undefined],
  ])('takes %s for no input', (_, input) => {
    expect(firstMessage(input, NOW, 0)).toEqual(firstMessage({}, NOW, 0));
  });

  test('gives two syncs of one second different names', () => {
    const names = [0, 0.3, 0.999_999_9].map((random) => firstMessage({}, NOW, random).syncId);
    expect(names).toEqual([
      '20261124T210509Z-0000',
      '20261124T210509Z-asss',
      '20261124T210509Z-zzzz',
    ]);
  });
});
