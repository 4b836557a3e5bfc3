import { randomUUID } from 'node:crypto';
import codes from '../../../jobs/mapping/codes.json' with { type: 'json' };
import { CASE_COLUMNS, IDENTITY_COLUMNS, SERVICE_COLUMNS } from '../../../jobs/mapping/columns.ts';
import { type LocationRow, toGazetteer } from '../../../jobs/mapping/locations.ts';
import { mapCase } from '../../../jobs/mapping/record.ts';
import type { CaseRecord } from '../../../jobs/record.ts';
import type { MappedChild } from '../../../jobs/writing/state.ts';

/** The code whose label is the longest. */
const longest = (labels: Record<string, string>): string =>
  Object.keys(labels).reduce((a, b) => (labels[b]!.length > labels[a]!.length ? b : a));

const service = (more: object) => ({ unique_id: randomUUID(), ...more });

/** When the two are created: in a year in which no child was. */
const CREATED = '1900-01-01T12:30:15.250Z';

/** A village of the district with the longest names; null where ONA has none. */
const longestPlace = (places: readonly LocationRow[]): string | null => {
  const length = ({ district, province }: LocationRow) => `${district}${province}`.length;
  const [first] = [...places].sort((a, b) => length(b) - length(a));
  return first ? `${first.code}0101` : null;
};

const record = (fields: Partial<CaseRecord>): CaseRecord => ({
  ...{ id: randomUUID(), enabled: true, last_updated_at: CREATED },
  ...fields,
});

/**
 * Two children that nobody has: of one each field is filled, with the longest label or name that there is; of the other
 * no more than must be.
 * @param places the rows of locations_lookup
 */
export const inventChildren = (
  places: readonly LocationRow[],
): { full: MappedChild; bare: MappedChild } => {
  const context = { gazetteer: toGazetteer([...places]), onUnmapped: () => {} };
  const map = (fields: Partial<CaseRecord>): MappedChild => ({
    ...mapCase(record(fields), context),
    origin: 'window',
  });
  const place = longestPlace(places);
  const [type] = Object.keys(codes.type_of_case);
  // As long as Primero's, and none of those: they have hexadecimal digits.
  const suffix = randomUUID().slice(0, 4);
  return {
    full: map({
      case_id_display: `chk${suffix}`,
      created_at: CREATED,
      registration_date: '1900-01-01',
      oscar_number: 'invented',
      disability_type: longest(codes.disability_type),
      type_of_case: type,
      sex: longest(codes.sex),
      age: 17,
      protection_concerns: Object.keys(codes.protection_concerns).slice(0, 3),
      type_of_placement: 'community_based_care_12345',
      consent_reporting: false,
      location_current: place,
      location_caregiver: place,
      services_section: [
        service({
          service_type: longest(codes.service_type),
          service_implemented_day_time: CREATED,
        }),
      ],
    }),
    bare: map({ case_id_display: `chl${suffix}`, age: 3, services_section: [service({})] }),
  };
};

/** Columns that may be blank, by table: the bare child has none there. `age` may, too: not every child of 4.8 has one. */
export const blankColumns = ({ row, services }: MappedChild): Record<string, string[]> => {
  const blankIn = (values: object | null) =>
    Object.entries(values ?? {})
      .filter(([, value]) => value === null)
      .map(([name]) => name);
  return {
    cases: [...blankIn(row), 'age'],
    services: blankIn(services[0]?.row ?? null),
  };
};

/** The longest text for each column, as far as the full child has it. */
export const neededLengths = ({ row, services }: MappedChild): Record<string, number> =>
  Object.fromEntries([
    ...[...IDENTITY_COLUMNS, ...CASE_COLUMNS].map(({ name }) => [
      `cases.${name}`,
      String(row?.[name] ?? '').length,
    ]),
    ...SERVICE_COLUMNS.map(({ name }) => [
      `services.${name}`,
      String(services[0]?.row[name] ?? '').length,
    ]),
    ['services.case_id', String(row?.case_id ?? '').length],
  ]);
