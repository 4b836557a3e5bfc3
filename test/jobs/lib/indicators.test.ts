import { describe, expect, test } from 'vitest';
import {
  COUNTED,
  FILTERS,
  INDICATORS,
  isReintegration,
  isUnder18,
  toAge,
} from '../../../jobs/lib/indicators.ts';
import { record } from './mapping/mapped.ts';

test('Two indicators are counted; leavers are asked for beside them', () => {
  expect(COUNTED).toEqual(['reintegration', 'under18']);
  expect(INDICATORS).toEqual(['reintegration', 'under18', 'leavers']);
});

test('What Primero is asked for', () => {
  const filters = INDICATORS.map((each) => `${FILTERS[each].field}=${FILTERS[each].value}`);
  expect(filters).toEqual([
    'type_of_case=children_undergoing_reintegration_55427',
    'age=0..17',
    'age=18..200',
  ]);
});

describe('toAge', () => {
  test.each<[value: unknown, age: number | null]>([
    [0, 0],
    [17, 17],
    [-1, -1],
    [17.5, null],
    [Number.NaN, null],
    ['17', 17],
    ['017', 17],
    ['1000', null],
    ['-1', null],
    ['17.0', null],
    [' 17', null],
    ['', null],
    [null, null],
    [undefined, null],
    [true, null],
    [[17], null],
  ])('%j is %j', (value, age) => {
    expect(toAge(value)).toBe(age);
  });
});

describe('Which ages count as under 18, and which as leavers', () => {
  test.each<[age: unknown, under18: boolean, leaver: boolean]>([
    [0, true, false],
    [17, true, false],
    ['17', true, false],
    [18, false, true],
    ['18', false, true],
    [200, false, true],
    [201, false, false],
    [-1, false, false],
    // No whole years, but Primero's search finds them: the mapping rejects these records.
    [17.9, true, false],
    ['12 years', true, false],
    [18.5, false, true],
    ['twelve', false, false],
    [Number.NaN, false, false],
    [null, false, false],
    [undefined, false, false],
    ['', false, false],
  ])('%j', (age, under18, leaver) => {
    expect(isUnder18(record({ age }))).toBe(under18);
    expect(FILTERS.under18.matches(record({ age }))).toBe(under18);
    expect(FILTERS.leavers.matches(record({ age }))).toBe(leaver);
  });
});

describe('Which types count as reintegration', () => {
  test.each<[type: unknown, reintegration: boolean]>([
    ['children_undergoing_reintegration_55427', true],
    ['children_undergoing_reintegration', false],
    ['Children_Undergoing_Reintegration_55427', false],
    [['children_undergoing_reintegration_55427'], false],
    [null, false],
    [undefined, false],
  ])('%j', (type_of_case, reintegration) => {
    expect(isReintegration(record({ type_of_case }))).toBe(reintegration);
    expect(FILTERS.reintegration.matches(record({ type_of_case }))).toBe(reintegration);
  });
});
