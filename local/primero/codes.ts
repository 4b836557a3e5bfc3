import codes from '../../config/codes.json' with { type: 'json' };

/** Option codes as the API returns them, the real ones first. */
export const PROTECTION_CONCERNS = Object.keys(codes.protection_concerns);
export const SERVICE_TYPES = Object.keys(codes.service_type);
export const DISABILITIES = Object.keys(codes.disability_type);
export const SEXES = Object.keys(codes.sex);

/** The type of case that indicator 4.8 counts. */
export const REINTEGRATION = 'children_undergoing_reintegration_55427';

/** Other types of case: invented, in the form that Primero gives to added options. */
export const OTHER_TYPES = [
  'children_at_risk_of_separation_20614',
  'children_in_residential_care_71835',
  'child_victims_of_violence_40952',
  'children_in_contact_with_the_law_88210',
  'children_affected_by_migration_36571',
  'children_with_disabilities_15093',
  'street_children_64728',
  'other_90217',
];

/** Where a child was placed: invented, in the same form. */
export const PLACEMENTS = [
  'kinship_care_20417',
  'family_reunification_18340',
  'foster_care_55102',
  'community_based_care_73916',
  'residential_care_41285',
  'independent_living_90633',
];

/** Codes that no list has, as old data and other offices leave them. */
export const UNKNOWN_CODES = ['retired_option_00417', 'other_99999', 'autre', 'not_sure_31007'];

/** Location codes that the gazetteer lacks. */
export const UNKNOWN_LOCATIONS = ['99999999', '9901', '2799', 'KH-UNKNOWN', '0'];

export const LABELS = {
  'protection-concerns': codes.protection_concerns,
  'service-type': codes.service_type,
  'disability-type': codes.disability_type,
  gender: codes.sex,
} as const;
