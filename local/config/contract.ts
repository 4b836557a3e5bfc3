/** What a column of ONA holds. */
export type Holds = 'text' | 'day' | 'time' | 'years';

/** Columns that come from fields of Primero, in ONA's order. They are the ONA team's contract, which no country changes. */
export const CONTRACT: Readonly<Record<'cases' | 'services', Readonly<Record<string, Holds>>>> = {
  cases: {
    case_id: 'text',
    registration_date: 'day',
    case_source: 'text',
    disabled: 'text',
    type_of_case: 'text',
    sex: 'text',
    age: 'years',
    protection_concerns: 'text',
    placement_type: 'text',
    consent_for_reporting: 'text',
    location_code: 'text',
    province_current: 'text',
    province_current_code: 'text',
    district_current: 'text',
    district_current_code: 'text',
    province_caregiver: 'text',
    province_caregiver_code: 'text',
    district_caregiver: 'text',
    district_caregiver_code: 'text',
  },
  services: { service_type: 'text', service_date: 'time' },
};

/** Kinds of config/fields.json, by what they make. */
export const KINDS: Readonly<Record<string, Holds>> = {
  id: 'text',
  text: 'text',
  words: 'text',
  label: 'text',
  labels: 'text',
  consent: 'text',
  filled: 'text',
  province: 'text',
  province_code: 'text',
  district: 'text',
  district_code: 'text',
  day: 'day',
  time: 'time',
  years: 'years',
};
