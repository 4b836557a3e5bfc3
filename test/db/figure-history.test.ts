import { expect, test } from 'vitest';
import { describeOna } from '../support/ona.ts';
import { playHistories } from './figure-history.ts';

describeOna('why figures changed, in random histories', (ona) => {
  test('adds up to the difference, and whatever we write is explained at once', async () => {
    const reasons = await playHistories(ona, { from: 0, count: 30 });
    expect([...reasons]).toEqual(expect.arrayContaining(['changed_in_ona', 'retention']));
    expect(reasons.size).toBeGreaterThan(8);
  });
});
