import { describe, expect, test } from 'vitest';
import { CASE_COLUMNS } from '../../../jobs/mapping/columns.ts';
import { ID, mapped, record, SERVICE_ID } from './mapped.ts';

const KRATIE = {
  province_current: 'Kratie',
  province_current_code: '10',
  district_current: 'Chetr Borei',
  district_current_code: '1006',
};
const IDENTITY = {
  primero_id: ID,
  primero_created_at: '2026-01-08T03:00:00.000Z',
  primero_updated_at: '2026-03-09T10:38:34.074Z',
};
const NOWHERE = {
  province_current: null,
  province_current_code: null,
  district_current: null,
  district_current_code: null,
};

describe('A whole record', () => {
  test('becomes a row of cases and a row for each service', () => {
    expect(mapped(record())).toEqual({
      id: ID,
      indicators: ['under18', 'reintegration'],
      row: {
        case_id: 'd41f17d',
        registration_date: '2026-01-09',
        case_source: 'primero',
        disabled: 'Vision Disability',
        type_of_case: 'children undergoing reintegration',
        sex: 'Female',
        age: 9,
        protection_concerns: 'Separated, At risk of trafficking',
        placement_type: 'kinship care',
        consent_for_reporting: 'true',
        location_code: '10060802',
        ...KRATIE,
        province_caregiver: 'Banteay Meanchey',
        province_caregiver_code: '1',
        district_caregiver: 'Mongkol Borei',
        district_caregiver_code: '102',
        ...IDENTITY,
      },
      services: [
        {
          field: 'services_section[0].unique_id',
          row: {
            unique_id: SERVICE_ID,
            service_type: 'Social Work / Case Work',
            service_date: '2026-01-09T10:20:42.000Z',
          },
        },
      ],
      kept: [],
      rejects: [],
      unmapped: {},
    });
  });

  test('with nothing but its case_id is a row of nulls, from primero, without consent', () => {
    const { id, enabled, last_updated_at, case_id_display } = record();
    const { row, ...rest } = mapped({ id, enabled, last_updated_at, case_id_display });
    const { case_id, case_source, consent_for_reporting, ...others } = row!;
    expect({ case_id, case_source, consent_for_reporting }).toEqual({
      case_id: 'd41f17d',
      case_source: 'primero',
      consent_for_reporting: 'false',
    });
    expect(others).toMatchObject({ ...IDENTITY, primero_created_at: null });
    expect(CASE_COLUMNS.filter(({ name }) => row![name] !== null)).toHaveLength(3);
    const nothing = { services: [], kept: [], rejects: [], unmapped: {} };
    expect(rest).toEqual({ id: ID, indicators: [], ...nothing });
  });
});

describe('A column', () => {
  test.each<[name: string, fields: object, row: object, unmapped: object]>([
    ['oscar_number null', { oscar_number: null }, { case_source: 'primero' }, {}],
    ['oscar_number absent', { oscar_number: undefined }, { case_source: 'primero' }, {}],
    ['oscar_number blank', { oscar_number: '  ' }, { case_source: 'primero' }, {}],
    ['oscar_number a text', { oscar_number: 'KH-5' }, { case_source: 'oscar' }, {}],
    ['oscar_number a number', { oscar_number: 0 }, { case_source: 'oscar' }, {}],
    ['consent true', { consent_reporting: true }, { consent_for_reporting: 'true' }, {}],
    ['consent false', { consent_reporting: false }, { consent_for_reporting: 'false' }, {}],
    ['consent null', { consent_reporting: null }, { consent_for_reporting: 'false' }, {}],
    ['age as text', { age: '17' }, { age: 17 }, {}],
    ['age null', { age: null }, { age: null }, {}],
    ['case_id a number', { case_id_display: 1234567 }, { case_id: '1234567' }, {}],
    [
      'registration with slashes',
      { registration_date: '2026/01/09' },
      { registration_date: '2026-01-09' },
      {},
    ],
    [
      'registration a date-time',
      { registration_date: '2026-01-09T17:00:00.000Z' },
      { registration_date: '2026-01-09' },
      {},
    ],
    ['no concerns', { protection_concerns: [] }, { protection_concerns: null }, {}],
    ['concerns null', { protection_concerns: null }, { protection_concerns: null }, {}],
    [
      'one concern as text',
      { protection_concerns: 'refugee' },
      { protection_concerns: 'Separated' },
      {},
    ],
    ['sex without a label', { sex: 'unknown' }, { sex: 'unknown' }, { sex: 1 }],
    [
      'disability without a label',
      { disability_type: 'yes' },
      { disabled: 'yes' },
      { disability_type: 1 },
    ],
    [
      'concerns without labels',
      { protection_concerns: ['a', 'refugee', 'b'] },
      { protection_concerns: 'a, Separated, b' },
      { protection_concerns: 2 },
    ],
    [
      'another type of case',
      { type_of_case: 'children_at_risk_12' },
      { type_of_case: 'children at risk' },
      {},
    ],
    ['placement null', { type_of_placement: null }, { placement_type: null }, {}],
    ['a commune', { location_current: '100608' }, { location_code: '100608', ...KRATIE }, {}],
    ['a district', { location_current: '1006' }, { location_code: '1006', ...KRATIE }, {}],
    [
      'a location as a number',
      { location_current: 10060802 },
      { location_code: '10060802', ...KRATIE },
      {},
    ],
    [
      'a province alone',
      { location_current: '10' },
      { location_code: '10', ...KRATIE, district_current: null, district_current_code: null },
      {},
    ],
    [
      'an unknown location',
      { location_current: '990101' },
      { location_code: '990101', ...NOWHERE },
      { location_current: 1 },
    ],
    ['no location', { location_current: null }, { location_code: null, ...NOWHERE }, {}],
    [
      'an unknown location of the caregiver',
      { location_caregiver: 'x' },
      {
        ...KRATIE,
        province_caregiver: null,
        province_caregiver_code: null,
        district_caregiver: null,
        district_caregiver_code: null,
      },
      { location_caregiver: 1 },
    ],
    [
      'a caregiver in a province alone',
      { location_caregiver: '1' },
      {
        province_caregiver: 'Banteay Meanchey',
        province_caregiver_code: '1',
        district_caregiver: null,
        district_caregiver_code: null,
      },
      {},
    ],
    [
      'both locations unknown',
      { location_current: '98', location_caregiver: '99' },
      NOWHERE,
      { location_current: 1, location_caregiver: 1 },
    ],
  ])('%s', (_, fields, row, unmapped) => {
    const result = mapped(record(fields));
    expect(result.row).toMatchObject(row);
    expect(result.rejects).toEqual([]);
    expect(result.unmapped).toEqual(unmapped);
  });
});

describe('A record is rejected, with its id, the field and the reason', () => {
  test.each<[field: string, value: unknown, reason: string]>([
    ['case_id_display', null, 'MISSING'],
    ['case_id_display', undefined, 'MISSING'],
    ['case_id_display', ' ', 'MISSING'],
    ['case_id_display', { a: 1 }, 'NOT_TEXT'],
    ['registration_date', '2026-02-30', 'NOT_A_DATE'],
    ['oscar_number', {}, 'NOT_TEXT'],
    ['disability_type', ['a'], 'NOT_TEXT'],
    ['type_of_case', true, 'NOT_TEXT'],
    ['sex', '\u0000', 'UNSTORABLE'],
    ['age', 'nine', 'NOT_AN_AGE'],
    ['protection_concerns', { a: 1 }, 'NOT_A_LIST'],
    ['type_of_placement', 'x'.repeat(1001), 'TOO_LONG'],
    ['consent_reporting', 'maybe', 'NOT_TRUE_OR_FALSE'],
    ['location_current', 1.5, 'NOT_TEXT'],
    ['location_caregiver', '\ud800', 'UNSTORABLE'],
    ['last_updated_at', null, 'MISSING'],
    ['last_updated_at', 'soon', 'NOT_A_TIME'],
    ['created_at', 'soon', 'NOT_A_TIME'],
  ])('%s %j: %s', (field, value, reason) => {
    expect(mapped(record({ [field]: value }))).toMatchObject({
      id: ID,
      row: null,
      services: [],
      kept: null,
      rejects: [{ scope: 'case', field, reason }],
    });
  });
});
