import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSeconds, isDay, isInstant, toMs, toSecond } from '../../jobs/time.ts';

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

describe('isDay', () => {
  test.each<[year: number, month: number, day: number, isDay: boolean]>([
    [2026, 1, 31, true],
    [2026, 1, 32, false],
    [2026, 2, 28, true],
    [2026, 2, 29, false],
    [2024, 2, 29, true],
    [1900, 2, 29, false],
    [2000, 2, 29, true],
    [2026, 4, 30, true],
    [2026, 4, 31, false],
    [2026, 12, 31, true],
    [2026, 13, 1, false],
    [2026, 0, 1, false],
    [2026, 1, 0, false],
    [1, 1, 1, true],
    [0, 1, 1, false],
  ])('%i-%i-%i: %j', (year, month, day, expected) => {
    expect(isDay(year, month, day)).toBe(expected);
  });

  test('Every day of 400 years is in the calendar, and no other', () => {
    for (let year = 1800; year < 2200; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
        expect([isDay(year, month, days), isDay(year, month, days + 1)]).toEqual([true, false]);
      }
    }
  });
});

describe('isInstant', () => {
  test.each<[value: unknown, isInstant: boolean]>([
    ['2026-03-09T10:38:34.074Z', true],
    ['2026-03-09T10:38:34Z', true],
    ['2026-03-09T10:38:34.123456789Z', true],
    ['2026-03-09T17:38:34.074+07:00', true],
    ['2026-03-09T17:38:34.074+0700', true],
    ['2026-03-09T00:38:34-10:00', true],
    ['2026-03-09T10:38:34', false],
    ['2026-03-09 10:38:34Z', false],
    ['2026-03-09', false],
    ['2026', false],
    ['2026-02-30T10:38:34Z', false],
    ['0000-01-01T00:00:00Z', false],
    ['+012026-03-09T10:38:34Z', false],
    ['2026-03-09T24:00:00Z', false],
    ['2026-03-09T10:60:00Z', false],
    ['2026-03-09T10:38:60Z', false],
    ['2026-03-09T10:38:34.Z', false],
    ['2026-03-09T10:38:34+15:00', false],
    ['2026-03-09T10:38:34Z\n', false],
    ['', false],
    [1773052714074, false],
    [null, false],
    [['2026-03-09T10:38:34Z'], false],
  ])('%j: %j', (value, expected) => {
    expect(isInstant(value)).toBe(expected);
    if (expected) expect(toMs(value as string)).not.toBeNaN();
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
