import { beforeEach, describe, expect, test } from 'vitest';
import codes from '#config/codes.json';
import { toLabel, toLabels } from '../../../jobs/mapping/labels.ts';
import { Reject } from '../../../jobs/mapping/reject.ts';

const counted: string[] = [];
const count = (field: string) => counted.push(field);

beforeEach(() => {
  counted.length = 0;
});

const known = (['sex', 'disability_type', 'protection_concerns', 'service_type'] as const).flatMap(
  (field) => Object.entries(codes[field]).map(([code, label]) => [field, code, label] as const),
);

describe('toLabel', () => {
  test('None of the 63 codes that ONA has always stored with labels is lost', () => {
    expect(known.length).toBeGreaterThanOrEqual(63);
  });

  test.each(known)('%s %s is %s', (field, code, label) => {
    expect(toLabel(field, code, count)).toBe(label);
    expect(counted).toEqual([]);
  });

  test.each<[name: string, field: string, code: unknown, label: string]>([
    ['an unknown code', 'sex', 'unknown', 'unknown'],
    ['a code of another field', 'sex', 'refugee', 'refugee'],
    ['a label instead of a code', 'sex', 'Female', 'Female'],
    ['a number', 'service_type', 7, '7'],
    ['a name that objects have', 'sex', 'constructor', 'constructor'],
    ['another one', 'sex', '__proto__', '__proto__'],
  ])('%s is kept as it is and counted once', (_, field, code, label) => {
    expect(toLabel(field, code, count)).toBe(label);
    expect(counted).toEqual([field]);
  });

  test.each([
    ['null', null],
    ['absent', undefined],
    ['empty', ''],
    ['spaces', '  '],
  ])('%s has no label and counts for nothing', (_, code) => {
    expect(toLabel('sex', code, count)).toBeNull();
    expect(counted).toEqual([]);
  });

  test('What is not a code is rejected, and counts for nothing', () => {
    expect(() => toLabel('sex', ['female'], count)).toThrow(new Reject('NOT_TEXT'));
    expect(counted).toEqual([]);
  });
});

describe('toLabels', () => {
  test.each<[name: string, value: unknown, labels: string | null, unmapped: number]>([
    ['two codes', ['refugee', 'other_01574'], 'Separated, At risk of trafficking', 0],
    ['one code', ['refugee'], 'Separated', 0],
    ['their order', ['caafag', 'refugee'], 'Orphaned, Separated', 0],
    ['a code that is no list', 'refugee', 'Separated', 0],
    ['a code that begins with an underscore', ['_49619'], 'Infected by COVID-19', 0],
    ['an unknown code among known ones', ['refugee', 'lost_1'], 'Separated, lost_1', 1],
    ['two unknown codes', ['lost_1', 'lost_2'], 'lost_1, lost_2', 2],
    ['a blank among codes', [null, 'refugee', '', ' '], 'Separated', 0],
    ['blanks alone', [null, ''], null, 0],
    ['an empty list', [], null, 0],
    ['null', null, null, 0],
    ['absent', undefined, null, 0],
    ['an empty text', '', null, 0],
  ])('%s', (_, value, labels, unmapped) => {
    expect(toLabels('protection_concerns', value, count)).toBe(labels);
    expect(counted).toEqual(Array(unmapped).fill('protection_concerns'));
  });

  test.each<[name: string, value: unknown, reason: 'NOT_A_LIST' | 'NOT_TEXT' | 'UNSTORABLE']>([
    ['an object', { code: 'refugee' }, 'NOT_A_LIST'],
    ['a list in a list', [['refugee']], 'NOT_TEXT'],
    ['an object in a list', [{ code: 'refugee' }], 'NOT_TEXT'],
    ['true', true, 'NOT_TEXT'],
    ['NUL in one of the codes', ['refugee', 'a\u0000'], 'UNSTORABLE'],
  ])('%s is rejected', (_, value, reason) => {
    expect(() => toLabels('protection_concerns', value, count)).toThrow(new Reject(reason));
  });
});
