import { expect, test } from 'vitest';
import { costOf, type Family, type Question } from '../../../local/primero/index.ts';

/** A read of all cases of both indicators, at a real Primero; each part asks so many questions. */
type Read = {
  how: string;
  family: Family;
  cases: number;
  /** What it took, s. */
  took: number;
  under18: { requests: number; records: number };
  reintegration: { requests: number; records: number };
  filters: string[];
  fields: number | undefined;
  workers?: number;
};

const WHOLE = { filters: [], fields: undefined };
const WINDOWS = { filters: ['created_at'], fields: 15 };
const CHANGED = { filters: ['created_at', 'last_updated_at'], fields: 15 };

const of = (requests: number, records: number) => ({ requests, records });

/** Requests and records as they were measured; how they fell to the two indicators is reckoned. */
const READS: Read[] = [
  {
    ...{ how: 'whole records', family: '2.14', cases: 20_000, took: 93.9, ...WHOLE },
    ...{ under18: of(34, 16_800), reintegration: of(14, 6892) },
  },
  {
    ...{ how: 'windows', family: '2.14', cases: 20_000, took: 23.4, ...WINDOWS },
    ...{ under18: of(24, 16_600), reintegration: of(10, 6775) },
  },
  {
    ...{ how: 'windows, two at once', family: '2.14', cases: 20_000, took: 12.7, ...WINDOWS },
    ...{ under18: of(24, 16_600), reintegration: of(10, 6775), workers: 2 },
  },
  {
    ...{ how: 'windows', family: '2.14', cases: 80_000, took: 111.3, ...WINDOWS },
    ...{ under18: of(96, 66_400), reintegration: of(38, 27_096) },
  },
  {
    ...{ how: 'windows, changed since', family: '2.14', cases: 20_000, took: 5.3, ...CHANGED },
    ...{ under18: of(4, 1992), reintegration: of(2, 813) },
  },
  {
    ...{ how: 'whole records', family: '2.12', cases: 20_000, took: 174.6, ...WHOLE },
    ...{ under18: of(34, 16_800), reintegration: of(14, 6892) },
  },
  {
    ...{ how: 'windows', family: '2.12', cases: 20_000, took: 89.7, ...WINDOWS },
    ...{ under18: of(24, 16_600), reintegration: of(10, 6775) },
  },
  {
    ...{ how: 'whole records', family: '2.9', cases: 6000, took: 27.4, ...WHOLE },
    ...{ under18: of(11, 5040), reintegration: of(5, 2068) },
  },
  {
    ...{ how: 'windows', family: '2.9', cases: 6000, took: 6.7, ...WINDOWS },
    ...{ under18: of(7, 4980), reintegration: of(3, 2041) },
  },
];

const FILTERS = {
  under18: ['age', 'record_state'],
  reintegration: ['type_of_case', 'record_state'],
};

/** What the sandbox would take for a read, s. */
const charge = (read: Read): number => {
  const { family, cases, filters, fields, workers = 1 } = read;
  let ms = 0;
  for (const indicator of ['under18', 'reintegration'] as const) {
    const { requests, records } = read[indicator];
    const question = {
      filters: [...filters, ...FILTERS[indicator]],
      orderBy: 'created_at',
      cases,
      inRange: cases / requests,
      records: records / requests,
      fields,
      impossible: false,
    };
    ms += requests * costOf(family, question);
  }
  return ms / 1000 / workers;
};

test.each(READS)('$family, $cases cases: $how takes $took s', (read) => {
  const share = charge(read) / read.took;
  expect(share).toBeGreaterThan(0.75);
  expect(share).toBeLessThan(1.25);
});

const QUESTION: Question = {
  ...{ filters: [], orderBy: 'created_at', cases: 20_000, inRange: 20_000 },
  ...{ records: 0, fields: 15, impossible: false },
};

test.each([
  ['a page of changes', ['last_updated_at'], { orderBy: 'last_updated_at' }, 2830],
  ['a page of changes in a window', ['created_at', 'last_updated_at'], { inRange: 1000 }, 1090],
  ['the number of changes', ['last_updated_at'], { records: 0 }, 1030],
  ['a page of a window', ['created_at'], {}, 1030],
  ['a page of children', ['age', 'record_state'], {}, 1050],
  ['a page of a type', ['type_of_case'], {}, 1230],
  ['a page of a type in a window', ['created_at', 'type_of_case'], {}, 1030],
] as const)('on 2.14 %s takes what it took there', (_, filters, more, ms) => {
  expect(costOf('2.14', { ...QUESTION, records: 1000, ...more, filters })).toBeCloseTo(ms, 6);
});

test('a page of changes takes the longer, the more cases there are', () => {
  const changes = { filters: ['last_updated_at'], orderBy: 'last_updated_at', records: 1000 };
  const among = (cases: number) => costOf('2.14', { ...QUESTION, ...changes, cases }) / 1000;
  expect(among(20_000)).toBeCloseTo(2.8, 1);
  expect(among(80_000)).toBeCloseTo(8.2, 1);
});

test.each([
  ['2.9', 4, 0.65],
  ['2.9', 15, 0.95],
  ['2.9', undefined, 3.3],
  ['2.12', 15, 0.9],
  ['2.14', 4, 0.65],
  ['2.14', 15, 0.9],
  ['2.14', undefined, 3.4],
] as const)('%s: a record of %s fields takes %s ms', (family, fields, ms) => {
  const [none, thousand] = [0, 1000].map((records) =>
    costOf(family, { ...QUESTION, fields, records }),
  );
  expect((thousand! - none!) / 1000).toBeCloseTo(ms, 9);
});

test('more fields cost more, and none at all nearly what a few do', () => {
  const costs = [0, 1, 4, 8, 15, 60, 180].map((fields) =>
    costOf('2.14', { ...QUESTION, fields, records: 1000 }),
  );
  expect(costs).toEqual([...costs].sort((a, b) => a - b));
  expect(costs[0]! - 130).toBeGreaterThan(500);
});

test('on Solr filters cost nothing, on 2.12 no more than 0.1 ms for each case', () => {
  const filters = ['created_at', 'last_updated_at', 'age', 'record_state', 'type_of_case'];
  expect(costOf('2.9', { ...QUESTION, filters })).toBe(130);
  expect(costOf('2.12', { ...QUESTION, filters })).toBe(130 + 2000);
  expect(costOf('2.12', QUESTION)).toBe(130 + 500);
});

test('a value that no record has costs a request, but on 2.12 what its filters cost', () => {
  const question = { ...QUESTION, filters: ['sex', 'last_updated_at'], impossible: true };
  expect(costOf('2.14', question)).toBe(130);
  expect(costOf('2.12', question)).toBeCloseTo(130 + 1200, 6);
});
