import { expect, test } from 'vitest';
import { EXPECTED, missing } from './events.ts';

const all = new Map(EXPECTED.map((event) => [event, 1]));

test('a long run that lacks an event names it', () => {
  const played = new Map(all);
  played.delete('killed before COMMIT');
  expect(missing(played, 1000)).toEqual(['killed before COMMIT']);
  expect(missing(new Map(), 2000)).toEqual(EXPECTED);
});

test('a long run that played all of it lacks nothing', () => {
  expect(missing(all, 1000)).toEqual([]);
});

test('a short run need not play all', () => {
  expect(missing(new Map(), 999)).toEqual([]);
});
