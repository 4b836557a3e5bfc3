import codes from './config/codes.json';

type Fields = Record<string, unknown>;

const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = codes;
const REGIONS: Readonly<Record<string, string>> = {
  R1: 'Northmark',
  R2: 'Middlemark',
  R3: 'Southmark',
};
const TOWNS = [
  ...['Ashford', 'Brookham', 'Clayton', 'Dunmere', 'Eastby', 'Fenwick'],
  ...['Granby', 'Holt', 'Ivybridge', 'Kirkby', 'Langley', 'Marston'],
];

const label = (field: string, code: unknown): string | null =>
  code ? (LABELS[field]![String(code)] ?? String(code)) : null;

const inWords = (code: unknown): string | null =>
  code ? String(code).replace(/_\d+$/, '').replaceAll('_', ' ') : null;

const isMinor = ({ years }: Fields): boolean =>
  typeof years === 'number' && years >= 0 && years <= 17;

/** Which indicators a record of the invented country counts for, in the order of their names. */
export const indicatorsOf = (record: Fields): string[] => [
  ...(['going_home_1', 'with_relatives_2'].includes(String(record.care_plan))
    ? ['family_care']
    : []),
  ...(isMinor(record) && record.gender === 'f' ? ['girls'] : []),
  ...(isMinor(record) ? ['minors'] : []),
];

/** The indicators in whose published numbers a record is, as "counts" in config/indicators.json has it. */
export const publishedFor = (record: Fields): string[] => {
  const isConsented = String(record.may_report) === 'true';
  return indicatorsOf(record).filter(
    (name) => name === 'minors' || (isConsented && (name === 'girls' || isMinor(record))),
  );
};

/** What ONA should hold of a record of the invented country, worked out without the mapping. */
export const rowOf = (record: Fields) => {
  const place = String(record.lives_in ?? '');
  const [, region, town] = /^R([123])(?:T([1-4]))?$/.exec(place) ?? [];
  const risks = (record.risks as string[] | undefined) ?? [];
  return {
    case_id: record.case_number,
    case_source: 'primero',
    disabled: label('impairment', record.impairment),
    type_of_case: inWords(record.care_plan),
    sex: label('gender', record.gender),
    age: record.years ?? null,
    protection_concerns: risks.map((risk) => label('risks', risk)).join(', ') || null,
    placement_type: null,
    consent_for_reporting: String(record.may_report ?? 'false'),
    location_code: place || null,
    province_current: region ? REGIONS[`R${region}`]! : null,
    province_current_code: region ? `R${region}` : null,
    district_current: town ? TOWNS[(Number(region) - 1) * 4 + Number(town) - 1]! : null,
    district_current_code: town ? place : null,
    province_caregiver: null,
    district_caregiver_code: null,
  };
};
