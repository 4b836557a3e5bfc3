import fc from 'fast-check';
import type { Family, Fault } from '../../local/primero/index.ts';
import {
  CHANGES,
  type Change,
  type ChangeKind,
  type Disturbance,
  type Fate,
  type History,
  type Place,
  type Step,
  type World,
} from './history.ts';
import type { Reception } from './inbox.ts';

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const which = fc.nat(1000);

const worldOf = ({
  cases,
  sameInstant,
  pageSize,
  crowd,
  batchBytes,
}: Record<'cases' | 'sameInstant' | 'pageSize' | 'crowd', fc.Arbitrary<number>> & {
  batchBytes: fc.Arbitrary<number | null>;
}): fc.Arbitrary<World> =>
  fc.record({
    seed: fc.nat(1_000_000),
    family: pick<Family>('2.9', '2.12', '2.14'),
    ...{ cases, sameInstant, pageSize, crowd, batchBytes },
    pace: pick<World['pace']>('quick', 'quick', 'mixed', 'slow'),
    skew: pick(0, 0, -60, 60),
    commitDelay: pick(0, 1, 15, 60),
    limitsRuns: fc.boolean(),
    lastCursor: pick<World['lastCursor']>('none', 'last'),
  });

const smallWorld = worldOf({
  cases: pick(12, 20, 40, 60),
  sameInstant: pick(0, 0, 5, 25),
  pageSize: fc.integer({ min: 1, max: 20 }),
  crowd: fc.constant(1),
  batchBytes: pick(null, 9_000, 25_000),
});

const largeWorld = worldOf({
  cases: fc.constant(400),
  sameInstant: pick(0, 0, 250),
  pageSize: fc.integer({ min: 20, max: 100 }),
  crowd: fc.constant(15),
  batchBytes: pick(null, 25_000, 100_000),
});

const hugeWorld = worldOf({
  cases: fc.constant(3200),
  sameInstant: pick(0, 3000, 3000),
  pageSize: pick(250, 1000),
  crowd: fc.constant(1500),
  batchBytes: pick(null, 300_000),
});

const weighted = <T>(weights: [weight: number, value: T][]): fc.Arbitrary<T> =>
  fc.oneof(...weights.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));

const RARE: ChangeKind[] = [
  'delete for good',
  'create with a case_id that is taken',
  'create a bad record',
  'spoil a record',
];

const change: fc.Arbitrary<Change> = fc.record({
  kind: weighted<ChangeKind>(
    CHANGES.map((kind) => [
      kind === 'update' || kind === 'disable' ? 6 : RARE.includes(kind) ? 1 : 3,
      kind,
    ]),
  ),
  which,
  late: pick(0, 0, 0, 1, 30, 60),
  count: fc.integer({ min: 2, max: 40 }),
});

const changes = fc.array(change, { minLength: 1, maxLength: 6, size: 'max' });

const fault: fc.Arbitrary<Fault> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      status: pick(429, 500, 502, 503, 504),
      retryAfter: pick(0, 2, 70),
      retryAfterAs: pick('seconds' as const, 'date' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'html' }) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'cut' }) },
  { weight: 4, arbitrary: fc.constant<Fault>({ kind: 'empty' }) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'drip', bytes: 4096, everyMs: 0 }) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'hang' }) },
  { weight: 1, arbitrary: pick<Fault>({ kind: 'drop' }, { kind: 'drop', midway: true }) },
  { weight: 1, arbitrary: fc.constant<Fault>({ kind: 'half' }) },
  {
    weight: 3,
    arbitrary: pick<string[]>(
      ['age', 'type_of_case'],
      ['last_updated_at'],
      ['order'],
      ['order_by', 'order'],
      ['fields'],
      ['per'],
      ['record_state'],
    ).map((params): Fault => ({ kind: 'ignore', params })),
  },
);

const place = (...ats: Place['at'][]) => ({
  at: pick(...ats),
  n: fc.oneof({ weight: 3, arbitrary: fc.nat(5) }, { weight: 2, arbitrary: fc.nat(20) }),
});
const either = pick('before' as const, 'after' as const);

const disturbance: fc.Arbitrary<Disturbance> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      ...place('get', 'get', 'get', 'sql', 'post'),
      what: fc.constant('change' as const),
      moment: pick('before' as const, 'during' as const, 'during' as const, 'after' as const),
      changes,
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      ...place('get'),
      what: fc.constant('fault' as const),
      fault,
      times: pick(1, 1, 1, 1, 2, 3, 8),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      ...place('get', 'sql', 'COMMIT', 'post'),
      what: fc.constant('kill' as const),
      moment: either,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...place('get', 'sql', 'COMMIT', 'post'),
      what: fc.constant('stall' as const),
      moment: either,
      seconds: pick(5, 50, 100, 280, 1000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...place('sql', 'sql', 'COMMIT'),
      what: fc.constant('error' as const),
      code: pick('53100', '40P01', '40001', '55P03', '57014', '57P01', '58030'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...place('sql', 'COMMIT'),
      what: fc.constant('cut' as const),
      moment: either,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      at: fc.constant('get' as const),
      n: fc.constant(0),
      what: fc.constant('refuse' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      at: fc.constant('post' as const),
      n: fc.constant(0),
      what: fc.constant('inbox' as const),
      reception: pick<Reception>(
        'is busy',
        'takes it and says 500',
        'takes it and hangs up',
        'hangs up',
      ),
    }),
  },
);

const fate: fc.Arbitrary<Fate> = fc.record({
  lost: weighted([
    [5, false],
    [1, true],
  ]),
  late: pick(0, 0, 0, 10, 400, 5000),
  again: pick<number | null>(null, null, null, null, null, 0, 20, 700, 8000),
});

const after = pick(0, 1, 20, 100, 400, 900, 4000);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ after, does: fc.constant('change' as const), changes }) },
  {
    weight: 4,
    arbitrary: fc.record({
      after,
      does: fc.constant('sync' as const),
      cursor: pick('none' as const, 'last' as const, 'wrong' as const),
      backfill: fc.oneof(
        { weight: 6, arbitrary: fc.constant(null) },
        { weight: 1, arbitrary: fc.tuple(pick(1e4, 1e6, 1e8), pick(0, 10, 700)) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ after, does: fc.constant('repeat' as const), which }) },
  { weight: 3, arbitrary: fc.record({ after, does: fc.constant('resume' as const), which }) },
  { weight: 1, arbitrary: fc.record({ after, does: fc.constant('wait' as const) }) },
);

const historyOf = (world: fc.Arbitrary<World>, mostSteps: number): fc.Arbitrary<History> =>
  fc.record({
    world,
    steps: fc.array(step, { minLength: 1, maxLength: mostSteps, size: 'max' }),
    disturbances: fc.array(fc.array(disturbance, { maxLength: 6, size: 'max' }), {
      minLength: 4,
      maxLength: 20,
      size: 'max',
    }),
    fates: fc.array(fate, { maxLength: 12, size: 'max' }),
  });

const crowdMoves = (counts: { min: number; max: number }): fc.Arbitrary<Disturbance> =>
  fc.record({
    ...{ at: fc.constant('get' as const), n: fc.nat(6), what: fc.constant('change' as const) },
    moment: pick('before' as const, 'during' as const, 'after' as const),
    changes: fc.tuple(
      fc.record({
        kind: pick('many in one second' as const, 'many in one instant' as const),
        ...{ which, late: pick(0, 0, 30), count: fc.integer(counts) },
      }),
    ),
  });

/** They begin with a sync, and in some of its first runs a crowd of cases moves to one time. */
const crowdedHistory = (
  world: fc.Arbitrary<World>,
  mostSteps: number,
  counts: { min: number; max: number },
): fc.Arbitrary<History> =>
  fc
    .tuple(
      historyOf(world, mostSteps),
      fc.array(crowdMoves(counts), { minLength: 2, maxLength: 4, size: 'max' }),
    )
    .map(([history, moves]) => ({
      ...history,
      steps: [{ after: 0, does: 'sync', cursor: 'none', backfill: null }, ...history.steps],
      // The first run starts the sync, and fetches nothing.
      disturbances: history.disturbances.map((each, run) => {
        const move = moves[run - 1];
        return move ? [...each, move] : each;
      }),
    }));

/** 210 to 400 cases change in one second, or in one instant. */
export const largeHistory = crowdedHistory(largeWorld, 8, { min: 14, max: 27 });

/** 3,000 or more do. */
export const hugeHistory = crowdedHistory(hugeWorld, 5, { min: 2, max: 3 });

/** Any history; large ones are few, as each takes as long as ten others. */
export const anyHistory: fc.Arbitrary<History> = fc.oneof(
  { weight: 95, arbitrary: historyOf(smallWorld, 12) },
  { weight: 4, arbitrary: largeHistory },
  { weight: 1, arbitrary: hugeHistory },
);
