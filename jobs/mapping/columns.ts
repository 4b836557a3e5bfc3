import { CASES, type MappedColumn, SERVICES } from './fields.ts';
import { type OnUnmapped, toLabel, toLabels } from './labels.ts';
import { type Gazetteer, locate, type Place } from './locations.ts';
import { required, toConsent, toDay, toText, toTimestamp, toWords, toYears } from './values.ts';

export type Value = string | number | boolean | null;

/** What a mapping needs in addition to the value. */
export interface Context {
  gazetteer: Gazetteer;
  onUnmapped: OnUnmapped;
}

/** A column of ONA: its SQL type, the field of Primero that it comes from, and the rule between them. */
export interface Column extends Pick<MappedColumn, 'filled' | 'blank'> {
  name: string;
  type: 'text' | 'date' | 'integer' | 'timestamptz';
  field: string;
  map: (value: unknown, context: Context, column: Column) => Value;
}

type Mapping = Column['map'];

const PLACE_PARTS = [
  'province',
  'province_code',
  'district',
  'district_code',
] as const satisfies (keyof Place)[];

/** A part of the place for which a code stands. A code that is not found is counted once for all parts. */
const place =
  (part: keyof Place): Mapping =>
  (value, { gazetteer, onUnmapped }, { field }) => {
    const found = gazetteer.found.get(value);
    if (found !== undefined) return found[part];
    const code = toText(value);
    const located = code === null ? null : locate(code, gazetteer);
    if (code !== null && located === null && part === 'province') onUnmapped(field);
    if (located === null) return null;
    gazetteer.found.set(value, located);
    return located[part];
  };

/** Kinds that need only the value. */
const PLAIN = {
  ...{ id: required(toText), text: toText, words: toWords, consent: toConsent },
  ...{ day: toDay, time: toTimestamp, years: toYears },
};

/** The kinds of config/fields.json: how a column's value is made from the field's value. */
const KINDS: Record<string, Mapping> = {
  ...PLAIN,
  filled: (value, _, { filled, blank }) => (toText(value) === null ? blank! : filled!),
  label: (value, { onUnmapped }, { field }) => toLabel(field, value, onUnmapped),
  labels: (value, { onUnmapped }, { field }) => toLabels(field, value, onUnmapped),
  ...Object.fromEntries(PLACE_PARTS.map((part) => [part, place(part)])),
};

/** SQL types of kinds; all others are text. */
const TYPES: Record<string, Column['type']> = {
  day: 'date',
  time: 'timestamptz',
  years: 'integer',
};

const toColumn = ({ column: name, field = '', kind, ...rest }: MappedColumn): Column => ({
  ...{ name, field, type: TYPES[kind] ?? 'text', map: KINDS[kind]!, ...rest },
});

/** Our own columns of `cases`, which say whose row it is and when it was made. */
export const IDENTITY_COLUMNS: readonly Column[] = [
  { name: 'primero_id', type: 'text', field: 'id', map: toText },
  { name: 'primero_created_at', type: 'timestamptz', field: 'created_at', map: toTimestamp },
  {
    name: 'primero_updated_at',
    type: 'timestamptz',
    field: 'last_updated_at',
    map: required(toTimestamp),
  },
];

/** Columns of `cases` that come from Primero, in the order of config/fields.json; `case_id` is the first. */
export const CASE_COLUMNS: readonly Column[] = CASES.map(toColumn);

/** Columns of `services` that come from an entry of the subform. */
export const SERVICE_COLUMNS: readonly Column[] = [
  { name: 'unique_id', type: 'text', field: 'unique_id', map: required(toText) },
  ...SERVICES.map(toColumn),
];
