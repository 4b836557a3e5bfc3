import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Reject } from '../../../jobs/mapping/reject.ts';
import {
  required,
  toConsent,
  toDay,
  toList,
  toText,
  toTimestamp,
  toWords,
  toYears,
} from '../../../jobs/mapping/values.ts';
import { LONGEST_TEXT } from '../../../jobs/policy.ts';

/** The value that a mapping makes, or the reason for which it makes none. */
const outcome = (map: (value: unknown) => unknown, value: unknown): unknown => {
  try {
    return map(value);
  } catch (error) {
    if (error instanceof Reject) return `rejected: ${error.reason}`;
    throw error;
  }
};

type Row = [name: string, value: unknown, expected: unknown];

const BLANKS: Row[] = [
  ['null', null, null],
  ['absent', undefined, null],
  ['empty', '', null],
  ['spaces', ' \t\n', null],
];

/** What no column takes. */
const NOT_TEXTS: Row[] = [
  ['an object', { a: 1 }, 'rejected: NOT_TEXT'],
  ['a list', ['a'], 'rejected: NOT_TEXT'],
  ['true', true, 'rejected: NOT_TEXT'],
  ['a fraction', 1.5, 'rejected: NOT_TEXT'],
  ['not a number', Number.NaN, 'rejected: NOT_TEXT'],
  ['infinity', Number.POSITIVE_INFINITY, 'rejected: NOT_TEXT'],
  ['a number too large to be exact', 2 ** 53, 'rejected: NOT_TEXT'],
];

describe('toText', () => {
  test.each<Row>([
    ...BLANKS,
    ...NOT_TEXTS,
    ['a code', 'female', 'female'],
    ['a code with spaces around it, as it is', ' a ', ' a '],
    ['a whole number', 10060802, '10060802'],
    ['zero', 0, '0'],
    ['a negative number', -3, '-3'],
    ['Khmer', 'ក្រចេះ', 'ក្រចេះ'],
    ['an emoji, which is a pair of surrogates', '👧🏽', '👧🏽'],
    ['quotes and SQL', `'); DROP TABLE cases; --`, `'); DROP TABLE cases; --`],
    ['right-to-left marks', '\u202eabc\u202c', '\u202eabc\u202c'],
    ['the longest text', 'x'.repeat(LONGEST_TEXT), 'x'.repeat(LONGEST_TEXT)],
    ['one character more', 'x'.repeat(LONGEST_TEXT + 1), 'rejected: TOO_LONG'],
    ['fewer characters of more bytes', 'ក'.repeat(LONGEST_TEXT / 2), 'rejected: TOO_LONG'],
    ['NUL', 'a\u0000b', 'rejected: UNSTORABLE'],
    ['the first half of a pair', 'a\ud83d', 'rejected: UNSTORABLE'],
    ['the second half of a pair', '\udc67b', 'rejected: UNSTORABLE'],
    ['both halves, the wrong way round', '\udc67\ud83d', 'rejected: UNSTORABLE'],
  ])('%s', (_, value, expected) => {
    expect(outcome(toText, value)).toBe(expected);
  });
});

describe('A text that must be there', () => {
  test.each<Row>([
    ...BLANKS.map(([name, value]): Row => [name, value, 'rejected: MISSING']),
    ...NOT_TEXTS,
    ['a text', 'd41f17d', 'd41f17d'],
    ['a number', 1234567, '1234567'],
  ])('%s', (_, value, expected) => {
    expect(outcome(required(toText), value)).toBe(expected);
  });
});

describe('toWords', () => {
  test.each<Row>([
    ...BLANKS,
    [
      'a code with a number behind',
      'children_undergoing_reintegration_55427',
      'children undergoing reintegration',
    ],
    ['a placement', 'kinship_care_20417', 'kinship care'],
    ['no digits at the end', 'foster_care', 'foster care'],
    ['only the last digits are dropped', 'type_2_care_31_20417', 'type 2 care 31'],
    ['digits that are part of a word stay', 'covid19', 'covid19'],
    ['digits in front stay', '4_8_care_1', '4 8 care'],
    ['an underscore at the end', 'care_', 'care '],
    ['a number', 55427, '55427'],
    ['a code that is nothing but its number is kept, never blank', '_49619', '_49619'],
    ['a list', ['kinship_care_20417'], 'rejected: NOT_TEXT'],
  ])('%s', (_, value, expected) => {
    expect(outcome(toWords, value)).toBe(expected);
  });
});

describe('toYears', () => {
  test.each<Row>([
    ...BLANKS,
    ['zero', 0, 0],
    ['a child', 9, 9],
    ['as text', '9', 9],
    ['as text with zeros', '007', 7],
    ['the highest', 200, 200],
    ['more', 201, 'rejected: NOT_AN_AGE'],
    ['more, as text', '201', 'rejected: NOT_AN_AGE'],
    ['negative', -1, 'rejected: NOT_AN_AGE'],
    ['negative, as text', '-1', 'rejected: NOT_AN_AGE'],
    ['a fraction', 9.5, 'rejected: NOT_AN_AGE'],
    ['in words', 'nine', 'rejected: NOT_AN_AGE'],
    ['with a unit', '9 years', 'rejected: NOT_AN_AGE'],
    ['in scientific notation', '1e1', 'rejected: NOT_AN_AGE'],
    ['true', true, 'rejected: NOT_AN_AGE'],
    ['a list', [9], 'rejected: NOT_AN_AGE'],
    ['not a number', Number.NaN, 'rejected: NOT_AN_AGE'],
  ])('%s', (_, value, expected) => {
    expect(outcome(toYears, value)).toBe(expected);
  });
});

describe('toConsent', () => {
  test.each<Row>([
    ['true', true, 'true'],
    ['true as text', 'true', 'true'],
    ['false', false, 'false'],
    ['false as text', 'false', 'false'],
    ...BLANKS.map(([name, value]): Row => [name, value, 'false']),
    ['yes', 'yes', 'rejected: NOT_TRUE_OR_FALSE'],
    ['in capitals', 'TRUE', 'rejected: NOT_TRUE_OR_FALSE'],
    ['one', 1, 'rejected: NOT_TRUE_OR_FALSE'],
    ['zero', 0, 'rejected: NOT_TRUE_OR_FALSE'],
    ['a list', [true], 'rejected: NOT_TRUE_OR_FALSE'],
    ['an object', {}, 'rejected: NOT_TRUE_OR_FALSE'],
  ])('%s', (_, value, expected) => {
    expect(outcome(toConsent, value)).toBe(expected);
  });
});

describe('toList', () => {
  test.each<Row>([
    ...BLANKS.map(([name, value]): Row => [name, value, []]),
    ['a list', ['a', 'b'], ['a', 'b']],
    ['an empty list', [], []],
    ['a single code', 'a', ['a']],
    ['a number', 5, [5]],
    ['an object', { 0: 'a' }, 'rejected: NOT_A_LIST'],
  ])('%s', (_, value, expected) => {
    expect(outcome(toList, value)).toEqual(expected);
  });
});

/** Forms of a date, with the day and the time that they mean; a text alone is the reason. */
const DATES: [name: string, value: unknown, day: unknown, at: unknown][] = [
  ['with dashes', '2026-01-09', '2026-01-09', '2026-01-09T00:00:00.000Z'],
  ['with slashes', '2026/01/09', '2026-01-09', '2026-01-09T00:00:00.000Z'],
  ['with spaces around it', ' 2026-01-09 ', '2026-01-09', '2026-01-09T00:00:00.000Z'],
  ['a date-time', '2026-01-09T10:20:42.000Z', '2026-01-09', '2026-01-09T10:20:42.000Z'],
  ['with slashes and a time', '2026/01/09T10:20:42Z', '2026-01-09', '2026-01-09T10:20:42.000Z'],
  [
    'with a space before the time',
    '2026-01-09 10:20:42Z',
    '2026-01-09',
    '2026-01-09T10:20:42.000Z',
  ],
  ['without seconds', '2026-01-09T10:20Z', '2026-01-09', '2026-01-09T10:20:00.000Z'],
  ['without a zone, taken as UTC', '2026-01-09T10:20:42', '2026-01-09', '2026-01-09T10:20:42.000Z'],
  [
    'with milliseconds and no zone',
    '2026-01-09 10:20:42.5',
    '2026-01-09',
    '2026-01-09T10:20:42.500Z',
  ],
  ['with microseconds', '2026-01-09T10:20:42.123456Z', '2026-01-09', '2026-01-09T10:20:42.123Z'],
  [
    'in Phnom Penh, early: the day as written',
    '2026-01-09T03:00:00+07:00',
    '2026-01-09',
    '2026-01-08T20:00:00.000Z',
  ],
  [
    'with a zone without a colon',
    '2026-01-09T03:00:00+0700',
    '2026-01-09',
    '2026-01-08T20:00:00.000Z',
  ],
  ['west of UTC', '2026-01-09T20:00:00-05:00', '2026-01-09', '2026-01-10T01:00:00.000Z'],
  ['a leap day', '2024-02-29', '2024-02-29', '2024-02-29T00:00:00.000Z'],
  ['the first year', '0001-01-01', '0001-01-01', '0001-01-01T00:00:00.000Z'],
  ['the last year', '9999-12-31', '9999-12-31', '9999-12-31T00:00:00.000Z'],
  ['null', null, null, null],
  ['absent', undefined, null, null],
  ['empty', '', null, null],
  ['spaces', '  ', null, null],
  ['no leap day', '2026-02-29', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['30 February', '2026-02-30', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['31 April, with a time', '2026-04-31T10:00:00Z', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['month 13', '2026-13-01', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['month 0', '2026-00-10', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['day 0', '2026-01-00', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['year 0, which PostgreSQL does not have', '0000-01-01', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['a year of five digits', '99999-01-01', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['day first', '09-01-2026', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['digits alone', '20260109', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['digits as a number', 20260109, 'NOT_A_DATE', 'NOT_A_TIME'],
  ['one digit for the month', '2026-1-9', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['in words', '9 January 2026', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['words after it', '2026-01-09 or so', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['something before it', 'on 2026-01-09', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['half a time', '2026-01-09T10', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['an unknown zone', '2026-01-09T10:20:42 ICT', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['two lines', '2026-01-09\n2026-01-10', 'NOT_A_DATE', 'NOT_A_TIME'],
  ['a list', ['2026-01-09'], 'NOT_TEXT', 'NOT_TEXT'],
  ['an object', { year: 2026 }, 'NOT_TEXT', 'NOT_TEXT'],
  ['NUL', '2026-01-09\u0000', 'UNSTORABLE', 'UNSTORABLE'],
];

const expected = (value: unknown) =>
  typeof value === 'string' && /^[A-Z_]+$/.test(value) ? `rejected: ${value}` : value;

describe('toDay', () => {
  test.each(DATES)('%s', (_, value, day) => {
    expect(outcome(toDay, value)).toBe(expected(day));
  });

  test('"not implemented" is no day', () => {
    expect(outcome(toDay, 'not implemented')).toBe('rejected: NOT_A_DATE');
  });
});

describe('toTimestamp', () => {
  const { TZ } = process.env;
  // On a machine in UTC a time that is taken as local looks right.
  beforeAll(() => {
    process.env.TZ = 'Asia/Phnom_Penh';
    expect(new Date(0).getHours()).toBe(7);
  });
  afterAll(() => {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });

  test.each(DATES)('%s', (_, value, _day, at) => {
    expect(outcome(toTimestamp, value)).toBe(expected(at));
  });

  test.each<Row>([
    ['not implemented', 'not implemented', null],
    ['as a code', 'not_implemented', null],
    ['with capitals and spaces around it', ' Not Implemented ', null],
    ['within a sentence', 'not implemented yet', 'rejected: NOT_A_TIME'],
    ['hour 25', '2026-01-09T25:00:00Z', 'rejected: NOT_A_TIME'],
    ['minute 60', '2026-01-09T10:60:00Z', 'rejected: NOT_A_TIME'],
    ['second 60', '2026-01-09T10:20:60Z', 'rejected: NOT_A_TIME'],
    ['a zone of 99 hours', '2026-01-09T10:20:42+99:00', 'rejected: NOT_A_TIME'],
    ['a zone that leads before year 1', '0001-01-01T00:00:00+07:00', 'rejected: NOT_A_TIME'],
    ['a zone that leads beyond year 9999', '9999-12-31T23:00:00-07:00', 'rejected: NOT_A_TIME'],
  ])('%s', (_, value, at) => {
    expect(outcome(toTimestamp, value)).toBe(at);
  });
});

test('A time that must be there is rejected where it is blank', () => {
  expect(outcome(required(toTimestamp), '2026-01-09')).toBe('2026-01-09T00:00:00.000Z');
  for (const [, value] of BLANKS)
    expect(outcome(required(toTimestamp), value)).toBe('rejected: MISSING');
});
