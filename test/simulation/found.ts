import type { Change, History, Step, World } from './history.ts';

const world: World = {
  ...{ seed: 7, family: '2.14', cases: 20, sameInstant: 0, pageSize: 10, crowd: 1 },
  ...{
    batchBytes: null,
    pace: 'quick',
    skew: 0,
    commitDelay: 0,
    limitsRuns: false,
    lastCursor: 'none',
  },
};
const sync = (after: number): Step => ({ after, does: 'sync', cursor: 'none', backfill: null });
const change = (after: number, changes: Change[]): Step => ({ after, does: 'change', changes });
const of = (kind: Change['kind'], which: number, late = 0): Change => ({
  ...{ kind, which, late, count: 4 },
});
const nothing = { disturbances: [], fates: [] };

/** Histories that once broke a promise, and what must hold in them. */
export const FOUND: [title: string, history: History][] = [
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
  [
    'a child whose case_id becomes free as its holder is found to be gone is loaded',
    {
      world,
      steps: [
        change(0, [of('create with a case_id that is taken', 3)]),
        sync(900),
        change(100, [of('delete for good', 3)]),
      ],
      ...nothing,
    },
  ],
  [
    'a child whose newer record cannot be loaded keeps its case_id from another one',
    {
      world,
      steps: [
        sync(0),
        change(20, [of('create with a case_id that is taken', 3), of('spoil a record', 3)]),
        sync(900),
      ],
      ...nothing,
    },
  ],
  [
    'a case that counts for nothing any more keeps its case_id from another one',
    {
      world: { ...world, cases: 12 },
      steps: [
        sync(0),
        change(20, [of('leave reintegration', 3), of('turn 18', 3)]),
        sync(900),
        change(20, [of('create with a case_id that is taken', 3)]),
        sync(900),
      ],
      ...nothing,
    },
  ],
  [
    'a run whose batch is too old ends while the COMMIT of another takes long',
    {
      world,
      steps: [sync(0), { after: 400, does: 'resume', which: 0 }],
      disturbances: [[], [{ at: 'COMMIT', n: 0, what: 'stall', moment: 'before', seconds: 1000 }]],
      fates: [],
    },
  ],
  [
    'a run that waits for another goes on where the COMMIT of the other fails',
    {
      world,
      steps: [sync(0), { after: 20, does: 'resume', which: 0 }],
      disturbances: [
        [],
        [
          { at: 'COMMIT', n: 0, what: 'stall', moment: 'before', seconds: 50 },
          { at: 'COMMIT', n: 0, what: 'error', code: '53100' },
        ],
      ],
      fates: [],
    },
  ],
];
