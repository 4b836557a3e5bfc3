import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSeconds, later, toMs, toSecond } from '../../../jobs/lib/time.ts';

describe('toSecond', () => {
  test.each<[name: string, time: number | string, second: string]>([
    ['the start of records', 0, '1970-01-01T00:00:00Z'],
    ['a second is cut, not rounded', 999, '1970-01-01T00:00:00Z'],
    ['an ISO date-time', '2026-03-09T10:38:34.974Z', '2026-03-09T10:38:34Z'],
    ['one of another zone', '2026-03-09T17:38:34+07:00', '2026-03-09T10:38:34Z'],
    ['a second as it is', '2026-03-09T10:38:34Z', '2026-03-09T10:38:34Z'],
  ])('%s', (_, time, second) => {
    expect(toSecond(time)).toBe(second);
  });
});

describe('toMs', () => {
  test.each<[name: string, time: number | string, ms: number]>([
    ['a number', 5, 5],
    ['a text', '1970-01-01T00:00:01.005Z', 1005],
    ['no time', 'soon', Number.NaN],
  ])('%s', (_, time, ms) => {
    expect(toMs(time)).toBe(ms);
  });
});

describe('addSeconds', () => {
  test.each<[name: string, time: number | string, seconds: number, second: string]>([
    ['after', '2026-12-31T23:59:59Z', 1, '2027-01-01T00:00:00Z'],
    ['before', '2024-03-01T00:00:00Z', -1, '2024-02-29T23:59:59Z'],
    ['none', 1500, 0, '1970-01-01T00:00:01Z'],
    ['from within a second', 1500, 1, '1970-01-01T00:00:02Z'],
  ])('%s', (_, time, seconds, second) => {
    expect(addSeconds(time, seconds)).toBe(second);
  });
});

test('The later of two seconds', () => {
  expect(later('2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z')).toBe('2026-01-01T00:00:01Z');
  expect(later('2026-01-01T00:00:01Z', '2026-01-01T00:00:00Z')).toBe('2026-01-01T00:00:01Z');
});

test('Seconds are ordered as texts as they are in time', () => {
  const time = fc.integer({ min: 0, max: Date.parse('2200-01-01T00:00:00Z') });
  fc.assert(
    fc.property(time, time, (a, b) => {
      const order = Math.sign(Math.floor(a / 1000) - Math.floor(b / 1000));
      expect(toSecond(a) < toSecond(b)).toBe(order < 0);
      expect(toMs(toSecond(a))).toBe(a - (a % 1000));
    }),
  );
});
