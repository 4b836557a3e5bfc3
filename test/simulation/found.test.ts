import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openPGlite } from './database.ts';
import type { Change, History, Step, World } from './history.ts';
import { type Jobs, loadJobs } from './jobs.ts';
import { playHistory } from './play.ts';

let jobs: Jobs;
let ona: Database;
beforeAll(async () => {
  jobs = await loadJobs();
  ona = await openPGlite();
});
afterAll(() => ona.close());

const world: World = {
  ...{ seed: 7, family: '2.11', cases: 20, sameInstant: 0, pageSize: 10, batchBytes: null },
  ...{ pace: 'quick', skew: 0, commitDelay: 0, limitsRuns: false, lastCursor: 'none' },
};
const sync = (after: number): Step => ({ after, does: 'sync', cursor: 'none', backfill: null });
const change = (after: number, changes: Change[]): Step => ({ after, does: 'change', changes });
const of = (kind: Change['kind'], which: number, late = 0): Change => ({
  ...{ kind, which, late, count: 4 },
});
const nothing = { disturbances: [], fates: [] };

const FOUND: [title: string, history: History][] = [
  [
    'a run whose machine sleeps between its fetch and its write does not bring a disabled case back',
    {
      world,
      steps: [
        sync(0),
        change(
          20,
          [0, 4, 8, 12].map((which) => of('disable', which)),
        ),
        sync(700),
        { after: 900, does: 'wait' },
      ],
      disturbances: [[], [{ at: 'sql', n: 0, what: 'stall', moment: 'before', seconds: 1000 }]],
      fates: [],
    },
  ],
  [
    'a backfill up to now does not cover what shows only later',
    {
      world,
      steps: [
        sync(0),
        { after: 900, does: 'sync', cursor: 'none', backfill: [10_000, 0] },
        change(
          10,
          [0, 4, 8, 12].map((which) => of('update', which, 60)),
        ),
        sync(900),
      ],
      ...nothing,
    },
  ],
];

test.each(FOUND)('What a simulation once found holds: %s', async (_, history) => {
  await expect(playHistory(history, jobs, ona, () => {})).resolves.toBeUndefined();
});
