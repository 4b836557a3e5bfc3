import { randomUUID } from 'node:crypto';
import codes from '#config/codes.json' with { type: 'json' };
import config from '#config/fields.json' with { type: 'json' };
import { INDICATORS, type Indicator } from '../../../jobs/indicators.ts';
import { CASE_COLUMNS, SERVICE_COLUMNS } from '../../../jobs/mapping/columns.ts';
import {
  CASES,
  type MappedColumn,
  SERVICES,
  SERVICES_FIELD,
} from '../../../jobs/mapping/fields.ts';
import { type LocationRow, toGazetteer } from '../../../jobs/mapping/locations.ts';
import { mapCase } from '../../../jobs/mapping/record.ts';
import type { CaseRecord } from '../../../jobs/record.ts';
import type { MappedChild } from '../../../jobs/writing/state.ts';

/** Two children that do not exist. One has all fields, and the other only those that it must have. */
export type Invented = { full: MappedChild; bare: MappedChild };

/** The two are created in a year in which no real child was. */
const CREATED = '1900-01-01T12:30:15.250Z';

/** Codes of a field, the one with the longest label first. */
const codesOf = (field = ''): string[] =>
  Object.entries((codes as Record<string, object>)[field] ?? {})
    .sort(([, a], [, b]) => String(b).length - String(a).length)
    .map(([code]) => code);

/** A village of the district with the longest names; null where ONA has none. */
const longestPlace = (places: readonly LocationRow[]): string | null => {
  const length = ({ district, province }: LocationRow) => `${district}${province}`.length;
  const [first] = [...places].sort((a, b) => length(b) - length(a));
  if (!first) return null;
  const lengths = Object.entries(config.district_characters)
    .filter(([, district]) => district === first.code.length)
    .map(([whole]) => Number(whole));
  return first.code.padEnd(Math.max(first.code.length, ...lengths), '0');
};

/** A value for a field, by the kind of the column that is made of it. */
const valueFor = ({ kind, field }: MappedColumn, place: string | null): unknown => {
  const values: Record<string, unknown> = {
    ...{ day: CREATED.slice(0, 10), time: CREATED, years: 17, consent: false, filled: 'invented' },
    ...{ label: codesOf(field)[0], labels: codesOf(field).slice(0, 3) },
    words: 'family_or_kinship_or_community_based_care_12345',
  };
  return kind in values ? values[kind] : place;
};

const filled = (columns: readonly MappedColumn[], place: string | null) =>
  Object.fromEntries(
    columns.flatMap((column) => (column.field ? [[column.field, valueFor(column, place)]] : [])),
  );

/** Values by which a child counts for an indicator. */
const counting = ({ rules }: Indicator) =>
  Object.fromEntries(rules.map(({ field, to, is }) => [field, is?.[0] ?? to]));

/**
 * Invents two children. Each text is the longest label or name that there is.
 * @param places the rows of locations_lookup
 */
export const inventChildren = (places: readonly LocationRow[]): Invented => {
  const context = { gazetteer: toGazetteer([...places]), onUnmapped: () => {} };
  const map = (fields: Partial<CaseRecord>): MappedChild => ({
    ...mapCase({ id: randomUUID(), enabled: true, last_updated_at: CREATED, ...fields }, context),
    origin: 'window',
  });
  const place = longestPlace(places);
  const [idField = ''] = CASES.flatMap(({ column, field }) => (column === 'case_id' ? field! : []));
  // As long as Primero's ids, but none of those, which have only hexadecimal digits.
  const suffix = randomUUID().slice(0, 4);
  const [first, ...others] = INDICATORS;
  return {
    full: map({
      created_at: CREATED,
      ...filled(CASES, place),
      ...Object.assign({}, ...others.map(counting), counting(first!)),
      [idField]: `chk${suffix}`,
      [SERVICES_FIELD]: [{ unique_id: randomUUID(), ...filled(SERVICES, place) }],
    }),
    bare: map({
      ...counting(first!),
      [idField]: `chl${suffix}`,
      [SERVICES_FIELD]: [{ unique_id: randomUUID() }],
    }),
  };
};

const blankIn = (values: object | null = null): string[] =>
  Object.entries(values ?? {})
    .filter(([, value]) => value === null)
    .map(([name]) => name);

/** Columns that may be blank, by table: those of the bare child, and what it has only to count for the first indicator. */
export const blankColumns = ({ row, services }: MappedChild): Record<string, string[]> => {
  const [first] = INDICATORS;
  const ruled = first!.rules.map(({ field }) => field);
  return {
    cases: [
      ...blankIn(row),
      ...CASE_COLUMNS.filter(({ field }) => ruled.includes(field)).map(({ name }) => name),
    ],
    services: blankIn(services[0]?.row),
  };
};

/** The longest text for each column, as far as the full child has it. */
export const neededLengths = ({ row, services }: MappedChild): Record<string, number> => {
  const length = (value: unknown) => String(value ?? '').length;
  return Object.fromEntries([
    ...CASE_COLUMNS.map(({ name }) => [`cases.${name}`, length(row?.[name])]),
    ...SERVICE_COLUMNS.map(({ name }) => [`services.${name}`, length(services[0]?.row[name])]),
    ['services.case_id', length(row?.case_id)],
  ]);
};
