import { expect, test } from 'vitest';
import { allowedRequests, isMet, median, runsFor } from '../../bench/arithmetic.ts';

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[7], 7],
])('the middle of %j is %d', (values, middle) => {
  expect(median(values)).toBe(middle);
});

test('two requests are allowed for each 1,000 children, and 35', () => {
  expect(allowedRequests(20_000)).toBe(75);
});

test.each([
  ['batches of 4,000, the last of which is not full', 20_000, [4000, 4000, 100], 6],
  ['one more child', 20_001, [4000, 4000, 100], 7],
  ['a single batch', 1000, [1000], 2],
])('runs, with one that begins the sync: %s', (_, children, batches, runs) => {
  expect(runsFor(children, batches)).toBe(runs);
});

test.each([
  [1.25, { most: 1.25 }, true],
  [1.26, { most: 1.25 }, false],
  [3, { least: 3 }, true],
  [2.99, { least: 3 }, false],
])('%d against %j: %j', (ratio, target, met) => {
  expect(isMet(ratio, target)).toBe(met);
});
