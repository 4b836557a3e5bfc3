import { expect, test } from 'vitest';
import { describeOna } from '../support/ona.ts';
import { playHistories } from './figure-history.ts';

describeOna('why figures changed, in 500 random histories', (ona) => {
  test('adds up to the difference, and whatever we write is explained at once', {
    timeout: 1_200_000,
  }, async () => {
    const reasons = await playHistories(ona, { from: 1000, count: 500 });
    expect(reasons.size).toBeGreaterThan(12);
  });
});
