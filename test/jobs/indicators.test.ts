import { describe, expect, test } from 'vitest';
import { countsFor, INDICATORS, keeps, toFilters } from '../../jobs/indicators.ts';
import { REINTEGRATION } from '../support/children.ts';
import { idOf } from './message/messages.ts';

test('The indicators are those of the dashboard, the one with the most children first', () => {
  expect(INDICATORS.map((each) => [each.name, toFilters(each)])).toEqual([
    ['under18', { age: '0..17' }],
    ['reintegration', { type_of_case: REINTEGRATION }],
  ]);
});

describe('A record counts for', () => {
  test.each<[name: string, fields: object, indicators: string[]]>([
    ['both', { age: 9, type_of_case: REINTEGRATION }, ['under18', 'reintegration']],
    ['a child under 18', { age: 17 }, ['under18']],
    ['a newborn', { age: 0 }, ['under18']],
    ['an adult in reintegration', { age: 18, type_of_case: REINTEGRATION }, ['reintegration']],
    ['an adult', { age: 18 }, []],
    ['nobody knows how old', { age: null }, []],
    ['not yet born', { age: -1 }, []],
    ['an age as text', { age: '17' }, ['under18']],
    ['an age with a fraction, as the search takes it', { age: 17.9 }, ['under18']],
    ['an age in words', { age: 'nine' }, []],
    ['digits with words behind', { age: ' 9 years' }, ['under18']],
    ['another type', { type_of_case: 'children_undergoing_reintegration' }, []],
    ['a list that holds the type', { type_of_case: [REINTEGRATION] }, []],
  ])('%s', (_, fields, indicators) => {
    expect(countsFor({ id: idOf(1), ...fields })).toEqual(indicators);
  });
});

test('A rule with several codes is one filter, and one of them is enough', () => {
  const rule = { field: 'sex', is: ['female', 'other'] };
  expect(toFilters({ name: 'some', rules: [rule] })).toEqual({ sex: 'female,other' });
  const kept = ['female', 'other', 'male', null].map((sex) => keeps({ id: idOf(1), sex }, rule));
  expect(kept).toEqual([true, true, false, false]);
});
