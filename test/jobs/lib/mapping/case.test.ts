import { describe, expect, test } from 'vitest';
import { identify, mapLeaver } from '../../../../jobs/lib/mapping/case.ts';
import { CASE_COLUMNS } from '../../../../jobs/lib/mapping/columns.ts';
import { ID, mapped, record, SERVICE_ID } from './mapped.ts';
import { gazetteer } from './places.ts';

const KRATIE = {
  province_current: 'Kratie',
  province_current_code: '10',
  district_current: 'Chetr Borei',
  district_current_code: '1006',
};
const IDENTITY = {
  primero_id: ID,
  primero_updated_at: '2026-03-09T10:38:34.074Z',
  in_reintegration: true,
  in_under18: true,
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
          unique_id: SERVICE_ID,
          service_type: 'Social Work / Case Work',
          service_date: '2026-01-09T10:20:42.000Z',
        },
      ],
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
    expect(others).toMatchObject({ ...IDENTITY, in_reintegration: false, in_under18: false });
    expect(CASE_COLUMNS.filter(({ name }) => row![name] !== null)).toHaveLength(3);
    expect(rest).toEqual({ services: null, rejects: [], unmapped: {} });
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
  ])('%s %j: %s', (field, value, reason) => {
    const { unmapped: _, ...result } = mapped(record({ [field]: value }));
    expect(result).toEqual({
      row: null,
      services: null,
      rejects: [{ primero_id: ID, scope: 'case', field, reason }],
    });
  });
});

describe('identify', () => {
  test.each<[name: string, fields: object, reintegration: boolean, under18: boolean]>([
    ['both', {}, true, true],
    ['an adult', { age: 18 }, true, false],
    ['a child at risk', { type_of_case: 'children_at_risk_1' }, false, true],
    ['neither', { type_of_case: null, age: null }, false, false],
  ])('%s', (_, fields, in_reintegration, in_under18) => {
    expect(identify(record({ ...fields, id: ID.toUpperCase() }))).toEqual({
      primero_id: ID,
      primero_updated_at: '2026-03-09T10:38:34.074Z',
      in_reintegration,
      in_under18,
    });
  });
});

describe('mapLeaver', () => {
  const leaver = (fields: object) => mapLeaver(record(fields), { gazetteer, onUnmapped: () => {} });

  test.each<[name: string, fields: object, row: object]>([
    [
      'id, type and age',
      { age: 18 },
      { case_id: 'd41f17d', type_of_case: 'children undergoing reintegration', age: 18 },
    ],
    [
      'what cannot be mapped is null',
      { age: 18, type_of_case: {} },
      { case_id: 'd41f17d', type_of_case: null, age: 18, in_reintegration: false },
    ],
    [
      'no case_id is null',
      { age: 18, case_id_display: null },
      { case_id: null, type_of_case: 'children undergoing reintegration', age: 18 },
    ],
  ])('%s', (_, fields, row) => {
    expect(leaver(fields)).toEqual({ ...IDENTITY, in_under18: false, ...row });
  });
});
