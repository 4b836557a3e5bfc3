import { describe, expect, test } from 'vitest';
import { packRecord } from '../../../jobs/asking/pack.ts';
import type { CaseRecord } from '../../../jobs/record.ts';
import { mapRecords, takeBatch } from '../../../jobs/writing/take.ts';
import { noneShared } from '../mapping/mapped.ts';
import { locationRows } from '../mapping/places.ts';
import { message } from '../message/messages.ts';
import { recordOf } from './held.ts';

const batchOf = (...records: CaseRecord[]) => {
  const shared = noneShared();
  return {
    message: message(),
    windows: [],
    next: null,
    left: null,
    rows: records.map((each) => packRecord(each, 'window', shared)),
    values: shared.values,
    findings: [],
    totals: null,
    cuts: [],
    recounted: [],
  };
};
const stateOf = (batch: unknown) =>
  ({ configuration: {}, data: null, references: [], batch }) as Parameters<typeof takeBatch>[0];
const map = (...records: CaseRecord[]) =>
  mapRecords.receive!(takeBatch(stateOf(batchOf(...records))), [...locationRows]);

test('The records and their values are taken out of the object that came in', () => {
  const batch = batchOf(recordOf(1));
  expect(batch.values).not.toEqual([]);
  const { rows } = takeBatch(stateOf(batch));
  expect(rows).toMatchObject([{ record: { id: recordOf(1).id }, origin: 'window' }]);
  expect(batch).toMatchObject({ rows: [], values: [] });
});

test.each([
  ['nothing', undefined],
  ['a message alone', { message: message() }],
  ['rows alone', { rows: [] }],
])('%s is no batch', (_, batch) => {
  expect(() => takeBatch(stateOf(batch))).toThrow('BATCH_MISSING: There is no batch to write.');
});

describe('Records are mapped', () => {
  test('with the places that ONA has, and without a place are counted', () => {
    const { children, unmapped, rows } = map(recordOf(1), recordOf(2, { location_current: '99' }));
    expect(children.map(({ row }) => row?.district_current)).toEqual(['Chetr Borei', null]);
    expect(children.map(({ origin }) => origin)).toEqual(['window', 'window']);
    expect(unmapped).toEqual({ location_current: 1, service_type: 2 });
    expect(rows).toEqual([]);
  });

  test.each([
    ['2026-03-09T10:38:34.074Z', '2026-03-10T00:00:00.000Z', 'second'],
    ['2026-03-10T00:00:00.000Z', '2026-03-09T10:38:34.074Z', 'first'],
    ['2026-03-09T10:38:34.074Z', '2026-03-09T10:38:34.074Z', 'second'],
  ])('once where they come twice, changed at %s and %s: the %s', (first, second, which) => {
    const { children } = map(
      recordOf(1, { last_updated_at: first, oscar_number: 'first', sex: 'first' }),
      recordOf(1, { last_updated_at: second, sex: 'second' }),
    );
    expect(children.map(({ row }) => row?.sex)).toEqual([which]);
  });

  const many = (bad: number, good: number) =>
    Array.from({ length: bad + good }, (_, n) => recordOf(n, n < bad ? { age: 'ten' } : {}));

  test.each([
    [50, 50],
    [99, 0],
    [0, 200],
  ])('also where %i are rejected and %i are not', (bad, good) => {
    expect(map(...many(bad, good)).children).toHaveLength(bad + good);
  });

  test('not where more than half of a hundred are rejected: it is the mapping that is wrong', () => {
    expect(() => map(...many(51, 49))).toThrow(
      'TOO_MANY_REJECTS: 51 of 100 records were rejected (age NOT_AN_AGE: 51).',
    );
  });
});
