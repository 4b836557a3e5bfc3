import { describe, expect, test } from 'vitest';
import { FULL_FIELDS } from '../../../../jobs/lib/mapping/fields.ts';
import { packRecord } from '../../../../jobs/lib/pack.ts';
import { stop } from '../../../../jobs/lib/paging/budget.ts';
import { nextQuestion, type Reading } from '../../../../jobs/lib/paging/reading.ts';
import { pageQuery } from '../../../../jobs/lib/requests.ts';
import { PAGE_SIZE, SMALLEST_PAGE, TYPICAL_RECORD_BYTES } from '../../../../jobs/lib/settings.ts';
import type { Page } from '../../../../jobs/lib/types.ts';
import { caseAt, idOf } from './small-primero.ts';
import { ask, at, begin, EACH, NOW, numbers, page, START } from './steps.ts';

describe('Reading forward', () => {
  test('begins with the first page of the range', () => {
    expect(nextQuestion(begin())).toEqual({
      query: pageQuery('reintegration', at(0), at(9), 3, 1),
      page: 1,
    });
  });

  test('goes on at the second of the last record, and never by page number', () => {
    const reading = ask(begin(), page('1@0 2@2 3@4', 5));
    expect(reading).toMatchObject({ coveredTo: at(4), remaining: 2, isDone: false });
    expect(nextQuestion(reading)).toEqual({
      query: pageQuery('reintegration', at(4), at(9), 3, 1),
      page: 1,
    });
  });

  test('drops a record that comes twice', () => {
    const reading = ask(begin(), page('1@0 2@2 3@4', 5), page('3@4 4@5 5@6'));
    expect(numbers(reading)).toEqual([1, 2, 3, 4, 5]);
    expect(reading.bytes).toBe(5 * EACH);
  });

  test('of a record that is on a page twice takes the newer, at its place', () => {
    const { records } = ask(begin(), page('1@0 2@1 1@2', 3));
    const newest = [caseAt(2, START + 1000), caseAt(1, START + 2000)];
    const fields = ({ id, last_updated_at }: { id: string; last_updated_at: string }) =>
      `${id} ${last_updated_at}`;
    expect(records.map(fields)).toEqual(newest.map(fields));
  });

  test('takes a record that comes again with a later time as it is now', () => {
    const reading = ask(begin(), page('1@0 2@2 3@4', 5), page('3@4 4@5 1@6'));
    expect(reading.records.map(({ id, last_updated_at }) => `${id} ${last_updated_at}`)).toEqual(
      [
        caseAt(2, START + 2000),
        caseAt(3, START + 4000),
        caseAt(4, START + 5000),
        caseAt(1, START + 6000),
      ].map(({ id, last_updated_at }) => `${id} ${last_updated_at}`),
    );
  });

  test('names those that had moved on, of every page', () => {
    const withMoved = (cases: string, number: number): Page => {
      const { records, ...rest } = page(cases, 5);
      return { ...rest, records: [...records.slice(0, 2), caseAt(number, NOW)] };
    };
    const reading = ask(begin(), withMoved('1@0 2@2 3@3', 7), withMoved('2@2 4@4 5@5', 8));
    expect(numbers(reading)).toEqual([1, 2, 4]);
    expect(reading.moved).toEqual([idOf(7), idOf(8)]);
  });

  test('ends after the range, with nothing remaining, when a page holds all', () => {
    const reading = ask(begin(), page('1@0 2@2'));
    expect(reading).toMatchObject({ coveredTo: at(10), remaining: 0, isDone: true });
    expect(nextQuestion(reading)).toBeNull();
  });

  test('ends when the last page is exactly full', () => {
    expect(ask(begin(), page('1@0 2@2 3@4'))).toMatchObject({
      coveredTo: at(10),
      isDone: true,
    });
  });

  test('goes by what Primero gives, where it gives less than was asked for', () => {
    expect(ask(begin(1000), page('1@0 2@2 3@4', 5, 3))).toMatchObject({
      coveredTo: at(4),
      isDone: false,
    });
  });

  test('counts letters of other scripts as the bytes that they take', () => {
    const record = caseAt(1, START, { case_id_display: 'ក' });
    const reading = ask(begin(), { records: [record], total: 1, per: 3 });
    const packed = JSON.stringify(packRecord(record, FULL_FIELDS).text).slice(1, -1);
    expect(reading.bytes).toBe(Buffer.byteLength(packed) + 1);
    expect(reading.bytes).toBe(packed.length + 3);
  });

  test('refuses what was not asked for', () => {
    expect(() => ask(begin(), page('1@10'))).toThrow(/^PRIMERO_FILTER_DROPPED: /);
    expect(() => ask(begin(), page('1@4 2@2'))).toThrow(/^PRIMERO_ORDER_IGNORED: /);
  });

  test('holds each page against the range that was asked for last', () => {
    const reading = ask(begin(), page('1@0 2@2 3@4', 5));
    expect(() => ask(reading, page('2@3'))).toThrow(/^PRIMERO_FILTER_DROPPED: /);
  });

  test('changes no reading that it was given', () => {
    const first = ask(begin(), page('1@0 2@2 3@4', 5));
    const before = structuredClone({ ...first, source: null });
    ask(first, page('3@4 4@5 5@6'));
    expect({ ...first, source: null }).toEqual(before);
  });
});

describe('The size of a page', () => {
  const sizeOf = (reading: Reading) => nextQuestion(reading)!.query.per;

  test.each<[name: string, pageSize: number, budget: number, size: number]>([
    ['is what the message says, where that fits', 250, 1e6, 250],
    ['is what fits of usual records', PAGE_SIZE, 300 * TYPICAL_RECORD_BYTES.full, 300],
    ['is not below what is worth a request', PAGE_SIZE, 10, SMALLEST_PAGE],
    ['is what the message says, where that is less still', 20, 10, 20],
    ['is never above a page of Primero', PAGE_SIZE, 1e9, PAGE_SIZE],
  ])('%s', (_, pageSize, budget, size) => {
    expect(sizeOf(begin(pageSize, budget))).toBe(size);
  });

  test('goes by the records that came', () => {
    const reading = ask(begin(PAGE_SIZE, 300 * EACH), page('1@0 2@2 3@4', 500));
    expect(sizeOf(reading)).toBe(297);
  });
});

describe('stop', () => {
  test('ends a reading before the second of its last record', () => {
    const reading = stop(ask(begin(), page('1@0 2@2 3@4', 5)));
    expect(reading).toMatchObject({ coveredTo: at(4), remaining: 3, isDone: true });
    expect(numbers(reading)).toEqual([1, 2]);
    expect(nextQuestion(reading)).toBeNull();
  });

  test('claims nothing where nothing was read', () => {
    expect(stop(begin())).toMatchObject({ coveredTo: at(0), records: [], isDone: true });
  });
});
