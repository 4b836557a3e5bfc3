import { describe, expect, test } from 'vitest';
import {
  CASE_COLUMNS,
  type Column,
  IDENTITY_COLUMNS,
  SERVICE_COLUMNS,
} from '../../../jobs/mapping/columns.ts';

const shape = ({ name, type, field }: Column) => `${name} ${type} < ${field}`;

describe('The columns are those of ONA, each from its field', () => {
  test('cases', () => {
    expect(CASE_COLUMNS.map(shape)).toEqual([
      'case_id text < case_id_display',
      'registration_date date < registration_date',
      'case_source text < oscar_number',
      'disabled text < disability_type',
      'type_of_case text < type_of_case',
      'sex text < sex',
      'age integer < age',
      'protection_concerns text < protection_concerns',
      'placement_type text < type_of_placement',
      'consent_for_reporting text < consent_reporting',
      'location_code text < location_current',
      'province_current text < location_current',
      'province_current_code text < location_current',
      'district_current text < location_current',
      'district_current_code text < location_current',
      'province_caregiver text < location_caregiver',
      'province_caregiver_code text < location_caregiver',
      'district_caregiver text < location_caregiver',
      'district_caregiver_code text < location_caregiver',
    ]);
  });

  test('whose row it is, and when it was made', () => {
    expect(IDENTITY_COLUMNS.map(shape)).toEqual([
      'primero_id text < id',
      'primero_created_at timestamptz < created_at',
      'primero_updated_at timestamptz < last_updated_at',
    ]);
  });

  test('services, without the case that they belong to', () => {
    expect(SERVICE_COLUMNS.map(shape)).toEqual([
      'unique_id text < unique_id',
      'service_type text < service_type',
      'service_date timestamptz < service_implemented_day_time',
    ]);
  });
});
