import { type OnUnmapped, toLabel, toLabels } from './labels.ts';
import { type Gazetteer, locate, type Place } from './locations.ts';
import { required, toConsent, toDay, toText, toTimestamp, toWords, toYears } from './values.ts';

export type Value = string | number | boolean | null;

/** What a mapping needs beside the value. */
export interface Context {
  gazetteer: Gazetteer;
  onUnmapped: OnUnmapped;
}

/** A column of ONA: its SQL type, the field of Primero that it comes from, and the rule between them. */
export interface Column {
  name: string;
  type: 'text' | 'date' | 'integer' | 'timestamptz';
  field: string;
  map: (value: unknown, context: Context) => Value;
}

const text = (name: string, field: string, map: Column['map'] = toText): Column => ({
  name,
  type: 'text',
  field,
  map,
});

const LOCATION_PARTS = [
  'province',
  'province_code',
  'district',
  'district_code',
] as const satisfies (keyof Place)[];

/** The four columns of a location: `province_current`, `province_current_code`, `district_current`, … */
const location = (which: 'current' | 'caregiver'): Column[] =>
  LOCATION_PARTS.map((part) =>
    text(
      part.replace(/^[a-z]+/, `$&_${which}`),
      `location_${which}`,
      (value, { gazetteer, onUnmapped }) => {
        const found = gazetteer.found.get(value);
        if (found !== undefined) return found[part];
        const code = toText(value);
        const place = code === null ? null : locate(code, gazetteer);
        // Counted once for the four columns.
        if (code !== null && place === null && part === 'province') onUnmapped(`location_${which}`);
        if (place === null) return null;
        gazetteer.found.set(value, place);
        return place[part];
      },
    ),
  );

/** Columns of `cases` that say whose row it is and when it was made; ours. */
export const IDENTITY_COLUMNS: readonly Column[] = [
  text('primero_id', 'id'),
  { name: 'primero_created_at', type: 'timestamptz', field: 'created_at', map: toTimestamp },
  {
    name: 'primero_updated_at',
    type: 'timestamptz',
    field: 'last_updated_at',
    map: required(toTimestamp),
  },
];

/** Columns of `cases` that come from Primero, in the order of mapping.md. */
export const CASE_COLUMNS: readonly Column[] = [
  text('case_id', 'case_id_display', required(toText)),
  { name: 'registration_date', type: 'date', field: 'registration_date', map: toDay },
  text('case_source', 'oscar_number', (value) => (toText(value) === null ? 'primero' : 'oscar')),
  text('disabled', 'disability_type', (value, { onUnmapped }) =>
    toLabel('disability_type', value, onUnmapped),
  ),
  text('type_of_case', 'type_of_case', toWords),
  text('sex', 'sex', (value, { onUnmapped }) => toLabel('sex', value, onUnmapped)),
  { name: 'age', type: 'integer', field: 'age', map: toYears },
  text('protection_concerns', 'protection_concerns', (value, { onUnmapped }) =>
    toLabels('protection_concerns', value, onUnmapped),
  ),
  text('placement_type', 'type_of_placement', toWords),
  text('consent_for_reporting', 'consent_reporting', toConsent),
  text('location_code', 'location_current'),
  ...location('current'),
  ...location('caregiver'),
];

/** Columns of `services` that come from an entry of `services_section`. */
export const SERVICE_COLUMNS: readonly Column[] = [
  text('unique_id', 'unique_id', required(toText)),
  text('service_type', 'service_type', (value, { onUnmapped }) =>
    toLabel('service_type', value, onUnmapped),
  ),
  {
    name: 'service_date',
    type: 'timestamptz',
    field: 'service_implemented_day_time',
    map: toTimestamp,
  },
];
