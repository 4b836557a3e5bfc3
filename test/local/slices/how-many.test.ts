import { expect, test } from 'vitest';
import { slicesFor } from '../../../local/slices/how-many.ts';

test('few cases are not divided, many are, by the cores that there are', () => {
  expect(slicesFor(9_999, 8)).toBe(1);
  expect(slicesFor(10_000, 1)).toBe(1);
  expect(slicesFor(10_000, 2)).toBe(2);
});

test('more cores than slices that gain something change nothing', () => {
  expect(slicesFor(1_000_000, 64)).toBe(2);
});
