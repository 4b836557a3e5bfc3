import { describe, expect, test } from 'vitest';
import { SyncError } from '../../../../jobs/lib/errors.ts';
import { FULL_FIELDS } from '../../../../jobs/lib/mapping/fields.ts';
import { packRecord } from '../../../../jobs/lib/pack.ts';
import { changedSource, indicatorSource } from '../../../../jobs/lib/paging/source.ts';
import { toPage, verifyPage } from '../../../../jobs/lib/paging/verify.ts';
import { SAFETY_LAG_SECONDS } from '../../../../jobs/lib/settings.ts';
import type { CaseRecord } from '../../../../jobs/lib/types.ts';
import { caseAt, idOf } from './small-primero.ts';

const FROM = '2026-07-01T00:00:00Z';
const TO = '2026-07-01T00:00:09Z';
const START = Date.parse(FROM);
const HOUR = 3_600_000;
const NOW = START + HOUR;
const LAG = SAFETY_LAG_SECONDS * 1000;

const reintegration = indicatorSource('reintegration');
const under18 = indicatorSource('under18');

const verify = (records: CaseRecord[], source = reintegration, total = records.length, now = NOW) =>
  verifyPage({ records, total, per: 1000 }, source, FROM, TO, now);

const badAnswer = (what: string) => new SyncError('PRIMERO_BAD_ANSWER', what);

describe('toPage', () => {
  const records = [caseAt(1, START), caseAt(2, START)];

  test.each<[name: string, total: number, per: number, page: number | undefined]>([
    ['all there are', 2, 1000, 1],
    ['a full page', 7, 2, 1],
    ['a full page in the middle', 7, 2, 3],
    ['a last page', 6, 4, 2],
    ['more than is counted: Primero gained one meanwhile', 1, 1000, 1],
    ['the page is the first where none is named', 7, 2, undefined],
  ])('takes %s', (_, total, per, page) => {
    expect(toPage(records, { total, per, page }, page)).toEqual({ records, total, per });
  });

  test('takes none of none', () => {
    expect(toPage([], { total: 0, per: 1000 })).toEqual({ records: [], total: 0, per: 1000 });
  });

  test.each([
    ['a total below zero', [], -1],
    ['a zero that is none', records, 0],
  ])('refuses %s: it would end the reading', (_, data, total) => {
    expect(() => toPage(data, { total, per: 1000 })).toThrow(
      badAnswer(`Primero answered with ${data.length} cases and counts ${total}.`),
    );
  });

  test('takes an empty page past the last one', () => {
    expect(toPage([], { total: 3, per: 2 }, 5)).toEqual({ records: [], total: 3, per: 2 });
  });

  test.each<[name: string, data: unknown, metadata: unknown]>([
    ['no data', undefined, { total: 2, per: 2 }],
    ['HTML', { body: '<html>' }, undefined],
    ['an object of records', { 0: records[0] }, { total: 1, per: 2 }],
    ['no metadata', records, undefined],
    ['null for metadata', records, null],
    ['no total', records, { per: 2 }],
    ['a total as text', records, { total: '2', per: 2 }],
    ['no per', records, { total: 2 }],
    ['a fraction', records, { total: 2.5, per: 2 }],
  ])('refuses %s', (_, data, metadata) => {
    expect(() => toPage(data, metadata)).toThrow(
      badAnswer('Primero answered without a list of cases or without its total.'),
    );
  });

  test.each<[name: string, total: number, per: number, page: number, expected: number]>([
    ['half a page', 7, 3, 1, 3],
    ['half of a page in the middle', 9, 3, 2, 3],
    ['half of the last page', 7, 4, 2, 3],
    ['less than there are', 3, 1000, 1, 3],
  ])('refuses %s', (_, total, per, page, expected) => {
    expect(() => toPage(records, { total, per }, page)).toThrow(
      badAnswer(`Primero answered with 2 cases where it counts ${expected}.`),
    );
  });

  test.each<[name: string, record: unknown]>([
    ['null', null],
    ['a text', 'case'],
    ['no id', { ...caseAt(1, START), id: undefined }],
    ['an id that is a number', { ...caseAt(1, START), id: 7 }],
    ['an id that is no UUID', { ...caseAt(1, START), id: 'd41f17d' }],
    ['an id with something behind it', { ...caseAt(1, START), id: `${idOf(1)}'; --` }],
    ['no time', { ...caseAt(1, START), last_updated_at: undefined }],
    ['a time that is null', { ...caseAt(1, START), last_updated_at: null }],
    ['a time that is a number', { ...caseAt(1, START), last_updated_at: START }],
    ['a time that is none', { ...caseAt(1, START), last_updated_at: 'yesterday' }],
    ['a day that does not exist', { ...caseAt(1, START), last_updated_at: '2026-02-30T00:00:00Z' }],
    ['a time without a zone', { ...caseAt(1, START), last_updated_at: '2026-07-01T00:00:00' }],
    ['a year alone', { ...caseAt(1, START), last_updated_at: '2026' }],
  ])('refuses a case with %s', (_, wrong) => {
    expect(() => toPage([caseAt(2, START), wrong], { total: 2, per: 2 })).toThrow(
      badAnswer('Primero sent a case without an id or last_updated_at.'),
    );
  });
});

describe('verifyPage', () => {
  test('gives back what was asked for, cut to what is kept of it, in the order in which it came', () => {
    const records = [
      caseAt(2, START, { name: 'Dara' }),
      caseAt(1, START + 500),
      caseAt(3, START + 500),
      caseAt(4, START + 9_999),
    ];
    expect(verify(records, reintegration, 7)).toEqual({
      records: records.map((record) => packRecord(record, FULL_FIELDS)),
      ids: [2, 1, 3, 4].map(idOf),
      moved: [],
      total: 7,
      isWhole: false,
    });
    expect(JSON.stringify(verify(records))).not.toContain('Dara');
  });

  test('knows when a page holds all', () => {
    expect(verify([caseAt(1, START)]).isWhole).toBe(true);
    expect(verify([caseAt(1, START)], reintegration, 2).isWhole).toBe(false);
  });

  test.each<[name: string, at: number]>([
    ['a millisecond before the window', START - 1],
    ['a millisecond after the window', START + 10_000],
    ['just before what may have been changed meanwhile', NOW - LAG - 1],
  ])('refuses a case from %s', (_, at) => {
    expect(() => verify([caseAt(1, START), caseAt(2, at)])).toThrow(
      new SyncError(
        'PRIMERO_FILTER_DROPPED',
        'Primero sent cases from outside the window: field "last_updated_at".',
      ),
    );
  });

  test('refuses a page that is not sorted', () => {
    expect(() => verify([caseAt(1, START + 1), caseAt(2, START)])).toThrow(
      new SyncError('PRIMERO_ORDER_IGNORED', 'Primero did not sort by "last_updated_at".'),
    );
  });

  test.each<[name: string, source: typeof under18, fields: object, field: string]>([
    ['another type', reintegration, { type_of_case: 'TYPE-MARK' }, 'type_of_case'],
    ['no type', reintegration, { type_of_case: null }, 'type_of_case'],
    ['an adult', under18, { age: 18 }, 'age'],
    ['no age', under18, { age: null }, 'age'],
    ['a child, where adults are asked for', indicatorSource('leavers'), { age: 17 }, 'age'],
  ])('refuses a case that the filter excludes: %s', (_, source, fields, field) => {
    expect(() => verify([caseAt(1, START, { name: 'NAME-MARK', ...fields })], source)).toThrow(
      new SyncError(
        'PRIMERO_FILTER_DROPPED',
        `Primero sent cases that the filter excludes: field "${field}".`,
      ),
    );
  });

  test('takes any type and age where there is no filter', () => {
    const page = verify([caseAt(1, START, { type_of_case: 'x', age: 99 })], changedSource(TO));
    expect(page.records).toHaveLength(1);
  });
});

describe('A case that has changed since the search found it', () => {
  test.each<[name: string, at: number, fields: object]>([
    ['a lag ago', NOW - LAG, {}],
    ['just now', NOW, {}],
    ['in the future: the clock of Primero is ahead', NOW + HOUR, {}],
    ['and is no longer what was asked for', NOW, { type_of_case: 'x' }],
  ])('is left out: %s', (_, at, fields) => {
    const page = verify([caseAt(1, START), caseAt(2, at, fields), caseAt(3, START + 1)]);
    expect(page.records.map(({ id }) => id)).toEqual([idOf(1), idOf(3)]);
    expect(page.ids).toEqual([idOf(1), idOf(2), idOf(3)]);
    expect(page.moved).toEqual([idOf(2)]);
    expect(page.isWhole).toBe(true);
  });

  test('is kept where its time still lies in the window, however late that ends', () => {
    const now = START + 9_500;
    const page = verify(
      [caseAt(1, START + 9_000), caseAt(2, START + 9_999)],
      reintegration,
      2,
      now,
    );
    expect(page.records).toHaveLength(2);
  });

  test('is left out from the end of a window that ends now', () => {
    const now = START + 9_500;
    const page = verify([caseAt(1, START), caseAt(2, START + 10_000)], reintegration, 2, now);
    expect(page.records.map(({ id }) => id)).toEqual([idOf(1)]);
  });

  test('makes a page useless when it is all that there is on it, and there are more', () => {
    expect(() => verify([caseAt(1, NOW), caseAt(2, NOW)], reintegration, 3)).toThrow(
      badAnswer('Every case on the page has changed since the search found it.'),
    );
  });

  test('makes no difference when there are no more: the window is empty', () => {
    expect(verify([caseAt(1, NOW), caseAt(2, NOW)])).toMatchObject({ records: [], isWhole: true });
  });
});

test('No error of a check says more than the name of a field', () => {
  const wrong = [
    [caseAt(1, START - 1, { name: 'MARK' })],
    [caseAt(1, START + 1, { name: 'MARK' }), caseAt(2, START, { name: 'MARK' })],
    [caseAt(1, START, { type_of_case: 'MARK', name: 'MARK' })],
  ];
  for (const records of wrong) {
    expect(() => verify(records)).toThrow(SyncError);
    expect(() => verify(records)).not.toThrow(/MARK|00000000-/);
  }
});
