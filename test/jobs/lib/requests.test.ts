import { describe, expect, test } from 'vitest';
import { INDICATORS } from '../../../jobs/lib/indicators.ts';
import {
  changedQuery,
  everywhereQuery,
  fieldsOf,
  pageQuery,
  totalQuery,
} from '../../../jobs/lib/requests.ts';

const FROM = '2026-07-01T00:00:00Z';
const TO = '2026-09-30T23:50:00Z';
/** The last second whole, for the family that compares milliseconds. */
const RANGE = '2026-07-01T00:00:00Z..2026-09-30T23:50:00.999Z';

const FULL =
  'case_id_display,registration_date,oscar_number,disability_type,type_of_case,sex,age,protection_concerns,type_of_placement,consent_reporting,location_current,location_caregiver,services_section';
const MINIMAL = 'case_id_display,type_of_case,age';

const TYPE = { type_of_case: 'children_undergoing_reintegration_55427' };

describe('A page of an indicator', () => {
  test.each([
    ['reintegration', TYPE, FULL],
    ['under18', { age: '0..17' }, FULL],
    ['leavers', { age: '18..200' }, MINIMAL],
  ] as const)('%s', (indicator, filter, fields) => {
    expect(pageQuery(indicator, FROM, TO, 250, 3)).toEqual({
      ...filter,
      last_updated_at: RANGE,
      order_by: 'last_updated_at',
      order: 'asc',
      per: 250,
      page: 3,
      fields,
    });
    expect(fieldsOf(indicator).join(',')).toBe(fields);
  });
});

describe('Counts ask for one record, and of that for its id', () => {
  test('of an indicator at any time', () => {
    expect(everywhereQuery('under18')).toEqual({ age: '0..17', per: 1, page: 1, fields: 'id' });
  });

  test('of the enabled cases of an indicator in a range', () => {
    expect(totalQuery('reintegration', FROM, TO)).toEqual({
      ...TYPE,
      record_state: true,
      last_updated_at: RANGE,
      per: 1,
      page: 1,
      fields: 'id',
    });
  });
});

test('What changed is asked for by id alone, whatever its type, age or state', () => {
  expect(changedQuery(FROM, TO, 1000, 1)).toEqual({
    last_updated_at: RANGE,
    order_by: 'last_updated_at',
    order: 'asc',
    per: 1000,
    page: 1,
    fields: 'id',
  });
});

test('Disabled cases are fetched too: they are to be removed', () => {
  for (const each of INDICATORS) {
    expect(pageQuery(each, FROM, TO, 1, 1)).not.toHaveProperty('record_state');
  }
});
