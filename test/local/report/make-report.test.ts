import { expect, test } from 'vitest';
import { dayOf } from '../../../local/report/make-report.ts';
import { sample } from './sample.ts';

const at = new Date('2026-10-05T12:00:00Z');

test('the day of a report is that of the newest sync that brought something over, by UTC', () => {
  const data = sample();
  expect(dayOf(data, at)).toBe('2026-10-01');
  data.freshness[1]!.changesTo = new Date('2026-10-03T23:59:59Z');
  expect(dayOf(data, at)).toBe('2026-10-03');
});

test('is today where no census has been complete', () => {
  const data = sample();
  for (const each of data.freshness) each.completeBeganAt = null;
  expect(dayOf(data, at)).toBe('2026-10-05');
});
