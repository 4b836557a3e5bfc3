import { describe, expect, test } from 'vitest';
import { keylessIn, mayHaveMovedOn, sortOut, toCase, toPage } from '../../../jobs/asking/trust.ts';
import * as errors from '../../../jobs/errors/registry.ts';
import { SyncError } from '../../../jobs/errors/sync-error.ts';
import { INDICATORS } from '../../../jobs/indicators.ts';
import { FIELDS } from '../../../jobs/mapping/fields.ts';
import type { CaseRecord } from '../../../jobs/record.ts';
import { createdAt, REINTEGRATION } from '../../support/children.ts';
import { idOf } from '../message/messages.ts';

const METADATA = { total: 1, per: 20, page: 1 };
const bad = (what: string) => new SyncError(errors.PRIMERO_BAD_ANSWER, `Primero answered ${what}.`);

describe('A page of cases', () => {
  test('has records whose ids are in lower case', () => {
    const data = [{ id: 'ABCDEF00-0000-4000-8000-000000000001', age: 9 }];
    const [record] = toPage(data, METADATA).records;
    expect(record).toEqual({ id: 'abcdef00-0000-4000-8000-000000000001', age: 9 });
  });

  test.each<[name: string, data: unknown, metadata: unknown, what: string]>([
    ['no list', {}, METADATA, 'with something that is no list of cases'],
    ['HTML', undefined, undefined, 'with something that is no list of cases'],
    ['no metadata', [], undefined, 'without a total'],
    ['a total as text', [], { ...METADATA, total: '1' }, 'without a total'],
    ['a negative total', [], { ...METADATA, total: -1 }, 'without a total'],
    ['no size of a page', [], { ...METADATA, per: null }, 'without a total'],
    ['no number of a page', [], { ...METADATA, page: 1.5 }, 'without a total'],
    ['a record without an id', [{ age: 9 }], METADATA, 'with a record that has no id'],
    ['an id that is no UUID', [{ id: '7' }], METADATA, 'with a record that has no id'],
    ['a record that is null', [null], METADATA, 'with a record that has no id'],
  ])('is none that has %s', (_, data, metadata, what) => {
    expect(() => toPage(data, metadata)).toThrow(bad(what));
  });
});

describe('One case', () => {
  test('is the one that was asked for', () => {
    expect(toCase({ data: { id: idOf(1), age: 9 } }, idOf(1))).toEqual({ id: idOf(1), age: 9 });
  });

  test.each<[name: string, data: unknown, what: string]>([
    ['another one', { data: { id: idOf(2) } }, 'with another case than the one that was asked for'],
    ['nothing', undefined, 'with a record that has no id'],
    ['a list', { data: [{ id: idOf(1) }] }, 'with a record that has no id'],
  ])('is not %s', (_, data, what) => {
    expect(() => toCase(data, idOf(1))).toThrow(bad(what));
  });
});

test.each([
  [1000, 10],
  [1, 1],
  [100, 1],
  [101, 2],
  [5000, 10],
])('Of a page of %i records so many may have moved on: %i', (per, tolerated) => {
  expect(mayHaveMovedOn(per)).toBe(tolerated);
});

const [under18, reintegration] = INDICATORS as [(typeof INDICATORS)[0], (typeof INDICATORS)[0]];

const record = (number: number, fields: object = {}): CaseRecord => ({
  id: idOf(number),
  enabled: true,
  age: 9,
  type_of_case: REINTEGRATION,
  created_at: createdAt(number),
  last_updated_at: createdAt(number),
  ...fields,
});

const sorted = (records: CaseRecord[], asked: object = {}) => {
  const range = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' };
  const page = { records, total: records.length, per: 1000, page: 1 };
  return sortOut(page, { indicator: under18, range, ...asked });
};

const ten = (fields: object) => Array.from({ length: 10 }, (_, n) => record(n, fields));

describe('A record', () => {
  test('that matches its question is kept', () => {
    expect(sorted([record(1), record(2)])).toEqual({ kept: [record(1), record(2)], moved: [] });
  });

  test('of the second in which the range ends is kept', () => {
    const last = record(1, { created_at: '2026-01-01T01:00:00.999Z' });
    expect(sorted([last]).kept).toEqual([last]);
  });

  test.each<[name: string, fields: object, isMoved: boolean]>([
    ['was disabled', { enabled: false }, false],
    ['has no state', { enabled: null }, false],
    ['turned 18, and counts for the other indicator', { age: 18 }, true],
    ['turned 18, and counts for none', { age: 18, type_of_case: 'x' }, false],
    ['lost its age', { age: null }, true],
    ['was created elsewhere', { created_at: '2025-01-01T00:00:00Z' }, true],
    ['was created later', { created_at: '2026-01-01T01:00:01Z' }, true],
    ['lost its time of creation', { created_at: undefined }, true],
  ])('that %s has moved on', (_, fields, isMoved) => {
    const stray = record(1, fields);
    expect(sorted([stray])).toEqual({ kept: [], moved: isMoved ? [stray] : [] });
  });

  test('that changed its type is no stray of the question for age', () => {
    expect(sorted([record(1, { type_of_case: 'x' })]).kept).toHaveLength(1);
    expect(sorted([record(1, { type_of_case: 'x' })], { indicator: reintegration }).kept).toEqual(
      [],
    );
  });

  test('that was changed before a time has moved on from changes only', () => {
    const changedSince = '2026-01-01T00:02:00Z';
    expect(sorted([record(1), record(2)], { changedSince }).kept).toEqual([record(2)]);
  });

  test.each([
    ['a fraction', 17.5],
    ['words behind it', '12 years'],
  ])('whose age has %s is found by the search, and kept', (_, age) => {
    expect(sorted([record(1, { age })]).kept).toHaveLength(1);
  });
});

describe('More records than may have moved on', () => {
  test.each<[field: string, fields: object, asked: object]>([
    ['record_state', { enabled: false }, {}],
    ['age', { age: 30 }, {}],
    ['type_of_case', { type_of_case: 'x' }, { indicator: reintegration }],
    ['created_at', { created_at: '2020-01-01T00:00:00Z' }, {}],
    ['last_updated_at', {}, { changedSince: '2026-02-01T00:00:00Z' }],
  ])('say that the filter on %s was dropped', (field, fields, asked) => {
    expect(() => sorted(ten(fields), asked)).not.toThrow();
    expect(() => sorted([...ten(fields), record(20, fields)], asked)).toThrow(
      new SyncError(
        errors.PRIMERO_FILTER_DROPPED,
        `Primero answered with 11 records that its filter on ${field} should have left out.`,
      ),
    );
  });

  test('are named by the field that most of them miss', () => {
    const strays = [...ten({ age: 30 }), record(11, { enabled: false })];
    expect(() => sorted(strays)).toThrow('10 records that its filter on age');
  });
});

describe('The order of a page', () => {
  /** Records one of which, here and there, comes before one that was created in an earlier second. */
  const withSteps = (steps: number) =>
    Array.from({ length: 2 * steps }, (_, n) => record(n % 2 === 0 ? 50 : 10, { id: idOf(n) }));

  test('may be wrong in a few places', () => {
    expect(sorted(withSteps(10)).kept).toHaveLength(20);
  });

  test('was ignored where it is wrong in more', () => {
    expect(() => sorted(withSteps(11))).toThrow(
      new SyncError(errors.PRIMERO_ORDER_IGNORED, 'Primero did not sort its answer by created_at.'),
    );
  });

  test('says nothing within a second', () => {
    const records = Array.from({ length: 40 }, (_, n) =>
      record(n, { created_at: `2026-01-01T00:00:00.${999 - n}Z` }),
    );
    expect(sorted(records).kept).toHaveLength(40);
  });
});

describe('A field has no key', () => {
  const blank = Object.fromEntries(FIELDS.map((field) => [field, null]));

  test.each<[name: string, records: object[], keyless: string[]]>([
    ['where there is no record: nobody knows', [], []],
    ['that is cleared has one', [blank], []],
    ['that one of many records has, has one', [{ id: 1 }, blank], []],
    [
      'that no record has',
      [{ ...blank, sex: undefined }].map(({ sex: _, ...rest }) => rest),
      ['sex'],
    ],
  ])('%s', (_, records, keyless) => {
    expect(keylessIn(records as CaseRecord[])).toEqual(keyless);
  });
});
