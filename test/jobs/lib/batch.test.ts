import { describe, expect, test } from 'vitest';
import { collect, isReadToTheEnd } from '../../../jobs/lib/batch.ts';
import type { Request } from '../../../jobs/lib/message.ts';
import { type PackedRecord, packRecord } from '../../../jobs/lib/pack.ts';
import { type Reading, startReading } from '../../../jobs/lib/paging/reading.ts';
import { indicatorSource } from '../../../jobs/lib/paging/source.ts';
import type { Batch, RequestResult } from '../../../jobs/lib/types.ts';
import { caseAt as recordAt } from './paging/small-primero.ts';

const START = Date.parse('2026-07-01T00:00:00Z');
const FROM = '2026-07-01T00:00:00Z';
const TO = '2026-07-01T00:00:09Z';
const AFTER = '2026-07-01T00:00:10Z';

const caseAt = (number: number, at: number): PackedRecord => packRecord(recordAt(number, at), []);

const request = (indicator: Request['indicator'], fields: object = {}): Request => ({
  indicator,
  from: FROM,
  to: TO,
  ...fields,
});

const reading = (records: PackedRecord[], fields: Partial<Reading> = {}): Reading => ({
  ...startReading(indicatorSource('under18'), { from: FROM, to: TO }, { pageSize: 3, budget: 9 }),
  records,
  coveredTo: AFTER,
  isDone: true,
  ...fields,
});

describe('collect', () => {
  const [a, b, c] = [1, 2, 3].map((number) => caseAt(number, START)) as [
    PackedRecord,
    PackedRecord,
    PackedRecord,
  ];

  test('names who had moved on, of a range that is reconciled', () => {
    const requests = [request('reintegration', { reconcile: true }), request('under18')];
    const readings = [reading([a], { moved: [b.id] }), reading([a], { moved: [c.id] })];
    expect(collect(requests, readings).map(({ moved }) => moved)).toEqual([[b.id], undefined]);
  });

  test('gives each request its records, and how far they cover it', () => {
    const requests = [request('reintegration'), request('under18')];
    const readings = [reading([a]), reading([b, c], { coveredTo: TO, remaining: 5 })];
    expect(collect(requests, readings)).toEqual([
      { ...requests[0], records: [a], fetched: 1, remaining: 0, coveredTo: AFTER },
      { ...requests[1], records: [b, c], fetched: 2, remaining: 5, coveredTo: TO },
    ]);
  });

  test('keeps what a request says beside its range', () => {
    const [result] = collect([request('under18', { reconcile: true })], [reading([])]);
    expect(result).toMatchObject({ reconcile: true });
  });

  test('tells how many there are without a window, only where that was asked', () => {
    const [zero, none] = collect(
      [request('reintegration'), request('under18')],
      [reading([], { everywhere: 0 }), reading([])],
    );
    expect(zero).toMatchObject({ everywhere: 0 });
    expect(none).not.toHaveProperty('everywhere');
  });

  test('keeps a record that two requests brought in the first, and counts it in both', () => {
    const again = { ...b };
    const results = collect(
      [request('reintegration'), request('under18')],
      [reading([a, b]), reading([again, c])],
    );
    expect(results.map(({ records }) => records)).toEqual([[a, b], [c]]);
    expect(results[0]!.records[1]).toBe(b);
    expect(results.map(({ fetched }) => fetched)).toEqual([2, 2]);
  });

  test('keeps the newer one where it changed between the two', () => {
    const newer = caseAt(2, START + 1);
    const results = collect(
      [request('reintegration'), request('under18')],
      [reading([a, b]), reading([newer, c])],
    );
    expect(results.map(({ records }) => records)).toEqual([[a], [newer, c]]);
  });

  test('compares times, not texts', () => {
    const newer = { ...b, last_updated_at: '2026-07-01T00:00:00.5Z' };
    const older = { ...b, last_updated_at: '2026-07-01T07:00:00.100+07:00' };
    const results = collect(
      [request('reintegration'), request('under18')],
      [reading([newer]), reading([older])],
    );
    expect(results.map(({ records }) => records)).toEqual([[newer], []]);
  });
});

type Result = RequestResult<PackedRecord>;

describe('isReadToTheEnd', () => {
  const result = (fields: Partial<Result>): Result => ({
    ...request('under18'),
    records: [],
    fetched: 0,
    remaining: 0,
    coveredTo: AFTER,
    ...fields,
  });
  const isRead = (...results: Result[]) =>
    isReadToTheEnd({ message: { window: { from: FROM, to: TO } }, results } as Batch<PackedRecord>);

  test.each<[name: string, results: Result[], isRead: boolean]>([
    ['where all requests were read whole', [result({}), result({})], true],
    ['where there was none', [], true],
    ['not where one was not read whole', [result({}), result({ coveredTo: TO })], false],
    [
      'not where one ends before the window',
      [result({ to: '2026-07-01T00:00:08Z', coveredTo: TO })],
      false,
    ],
  ])('%s', (_, results, expected) => {
    expect(isRead(...results)).toBe(expected);
  });
});
