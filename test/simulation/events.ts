import { CHANGES } from './history.ts';

/** What a long run must have played: an event that never occurs is a fault of the simulation. */
export const EXPECTED: readonly string[] = [
  ...CHANGES.map((kind) => `change: ${kind}`),
  ...['many in one second', 'many in one instant'].flatMap((kind) =>
    ['hundreds', '3,000'].map((crowd) => `change: ${kind}, ${crowd} while a run is under way`),
  ),
  ...['hundreds', '3,000'].map((crowd) => `cases of one instant at the start: ${crowd}`),
  ...['before a get', 'during a get', 'after a get', 'before a sql', 'after a sql'].map(
    (when) => `a change ${when}`,
  ),
  ...['a change between', 'a change before a post', 'a change after a post'],
  ...['none', 'last', 'wrong'].map((cursor) => `a sync starts, cursor: ${cursor}`),
  ...['a backfill starts', 'a sync starts while another is under way', 'two batches at once'],
  ...['is lost', 'is late', 'is delivered twice', 'is sent again'].map(
    (what) => `a message ${what}`,
  ),
  'upsert-cases is run again from a saved state',
  ...['get', 'sql', 'post', 'COMMIT'].flatMap((where) => [
    `killed before ${where}`,
    `killed after ${where}`,
  ]),
  ...['get', 'sql', 'post'].map((where) => `a run stalls at ${where}`),
  'a run is ended after 5 minutes',
  ...['429', '500', '502', '503', '504'].flatMap((status) =>
    ['seconds', 'date'].map((form) => `Primero: status ${status} Retry-After ${form}`),
  ),
  ...['html', 'cut', 'empty', 'drip', 'drop', 'drop midway', 'hang', 'half'].map(
    (kind) => `Primero: ${kind}`,
  ),
  ...[
    'age,type_of_case',
    'last_updated_at',
    'order',
    'order_by,order',
    'fields',
    'per',
    'record_state',
  ].map((params) => `Primero: ignore ${params}`),
  ...['before sql', 'after sql', 'before COMMIT', 'after COMMIT'].map(
    (when) => `PostgreSQL: connection cut ${when}`,
  ),
  ...['53100', '40P01', '40001', '55P03', '57014', '57P01', '58030'].map(
    (code) => `PostgreSQL: reports ${code}`,
  ),
  'PostgreSQL: refuses connections',
  'PostgreSQL: another run holds the lock',
  ...['is busy', 'takes it and says 500', 'takes it and hangs up', 'hangs up'].map(
    (reception) => `inbox: ${reception}`,
  ),
];

/** Runs of this many histories or more play all of it: one in a hundred has thousands of cases. */
const ENOUGH = 1000;

/** What a run of so many histories should have played, and did not. */
export const missing = (played: ReadonlyMap<string, number>, histories: number): string[] =>
  histories < ENOUGH ? [] : EXPECTED.filter((event) => !played.has(event));
