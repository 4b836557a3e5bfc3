import { expect, test } from 'vitest';
import { REASONS, type Reason, Reject } from '../../../jobs/mapping/reject.ts';

const reasons = Object.keys(REASONS) as Reason[];

test.each(reasons)('%s is an error that says its name and no more', (reason) => {
  const reject = new Reject(reason);
  expect(reject).toBeInstanceOf(Error);
  expect(reject.message).toBe(reason);
  expect(Object.entries(reject)).toEqual([['reason', reason]]);
});

test('No two reasons are told in the same words', () => {
  expect(new Set(Object.values(REASONS)).size).toBe(reasons.length);
});
