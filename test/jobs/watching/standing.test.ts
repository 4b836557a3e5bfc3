import { expect, test } from 'vitest';
import { type Standing, toStandingReport } from '../../../jobs/watching/standing.ts';

const COMPLETE: Standing = {
  quarter: '2026-10-01',
  sync: {
    sync_id: '20261001T000000Z-k3v9',
    state: 'complete',
    reason: null,
    began_at: '2026-10-01T00:00:02Z',
  },
  last_batch: { part: 1, batch: 7, written_at: '2026-10-01T00:02:10Z' },
  counts: { under18: 412, reintegration: 161 },
  held: 430,
  not_loaded: 3,
  changes: { new: 21, changed: 40, removed: 2 },
  lists_changed: [],
};

const STANDING = {
  complete: COMPLETE,
  'complete but': {
    ...COMPLETE,
    sync: { ...COMPLETE.sync!, reason: 'Complete but for 3 unseen.' },
  },
  'under way': { ...COMPLETE, sync: { ...COMPLETE.sync!, state: 'under way' } },
  'without a batch': {
    ...COMPLETE,
    sync: { ...COMPLETE.sync!, state: 'superseded' },
    last_batch: null,
  },
  ended: {
    ...COMPLETE,
    sync: { ...COMPLETE.sync!, state: 'ended', reason: 'Windows are missing.' },
  },
  none: { ...COMPLETE, sync: null, last_batch: null },
} satisfies Record<string, Standing>;

const NUMBERS =
  'ONA holds 430 children; that count now: 412 under18, 161 reintegration. New: 21, changed: 40, removed: 2, not loaded: 3.';
const BEGAN = 'Sync 20261001T000000Z-k3v9 began at 2026-10-01T00:00:02Z and';
const LAST = 'wrote its last batch, 7 of part 1, at 2026-10-01T00:02:10Z.';
const SEE = 'See the runbook: "Run the quarter again".';

test.each<[name: keyof typeof STANDING, outcome: string, text: string]>([
  ['complete', 'complete', `complete. ${NUMBERS}`],
  ['complete but', 'complete but', `Complete but for 3 unseen. ${NUMBERS}`],
  ['under way', 'not complete', `not complete. ${BEGAN} ${LAST} It has not ended. ${SEE}`],
  [
    'without a batch',
    'not complete',
    `not complete. ${BEGAN} wrote no batch. It is over: superseded ${SEE}`,
  ],
  [
    'ended',
    'not complete',
    `not complete. ${BEGAN} ${LAST} It is over: Windows are missing. ${SEE}`,
  ],
  ['none', 'not complete', `not complete. No census began in it. ${SEE}`],
])('a census that is %s is %s', (name, outcome, text) => {
  expect(toStandingReport(STANDING[name])).toEqual({
    ...STANDING[name],
    outcome,
    text: `Primero to ONA, quarter from 2026-10-01: ${text}`,
  });
});

test('an ONA in which nobody counts has no number to tell', () => {
  const { text } = toStandingReport({ ...COMPLETE, counts: {}, held: 0 });
  expect(text).toContain('ONA holds 0 children; that count now: none.');
});

test('what changed in Primero’s lists is told with the numbers', () => {
  const lists_changed = ['sex.male: Male → Boy', 'sex.other: new → Other'];
  const { text } = toStandingReport({ ...COMPLETE, lists_changed });
  expect(text).toContain(
    "not loaded: 3. Changed in Primero's lists: sex.male: Male → Boy, sex.other: new → Other.",
  );
});
