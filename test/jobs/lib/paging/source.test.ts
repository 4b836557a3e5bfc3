import { describe, expect, test } from 'vitest';
import { FILTERS, INDICATORS } from '../../../../jobs/lib/indicators.ts';
import { FULL_FIELDS, MINIMAL_FIELDS } from '../../../../jobs/lib/mapping/fields.ts';
import { changedSource, indicatorSource } from '../../../../jobs/lib/paging/source.ts';
import { changedQuery, everywhereQuery, pageQuery } from '../../../../jobs/lib/requests.ts';
import { START_OF_RECORDS, TYPICAL_RECORD_BYTES } from '../../../../jobs/lib/settings.ts';

const FROM = '2026-07-01T00:00:00Z';
const TO = '2026-09-30T23:50:00Z';

describe.each(INDICATORS)('The source of %s', (indicator) => {
  const source = indicatorSource(indicator);

  test('asks for pages, and for a count without a window', () => {
    expect(source.query(FROM, TO, 7, 3)).toEqual(pageQuery(indicator, FROM, TO, 7, 3));
    expect(source.everywhere).toEqual(everywhereQuery(indicator));
  });

  test('holds records against the filter that it asks for', () => {
    expect(source.filter).toBe(FILTERS[indicator]);
  });

  test('keeps the fields that it asks for, and no other', () => {
    const fields = indicator === 'leavers' ? MINIMAL_FIELDS : FULL_FIELDS;
    expect(source.fields).toEqual(fields);
    expect(source.query(FROM, TO, 7, 3).fields).toBe(fields.join(','));
  });

  test('sizes its first page by what its records usually take', () => {
    const usual = indicator === 'leavers' ? 'minimal' : 'full';
    expect(source.typicalBytes).toBe(TYPICAL_RECORD_BYTES[usual]);
  });
});

describe('The source of all that changed', () => {
  const source = changedSource(TO);

  test('asks without a filter, and where there seems to be nothing, the same of all time', () => {
    expect(source.query(FROM, TO, 7, 3)).toEqual(changedQuery(FROM, TO, 7, 3));
    expect(source).toMatchObject({
      everywhere: changedQuery(START_OF_RECORDS, TO, 1, 1),
      filter: null,
      typicalBytes: TYPICAL_RECORD_BYTES.minimal,
    });
  });

  test('keeps who changed and when, and nothing else', () => {
    expect(source.fields).toEqual([]);
  });
});
