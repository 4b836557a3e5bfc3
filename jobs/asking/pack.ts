import { FIELDS, SERVICE_FIELDS, SERVICES_FIELD, SHARED } from '../mapping/fields.ts';
import { LONGEST_TEXT } from '../policy.ts';
import type { CaseRecord } from '../record.ts';

/** Whether a record was read in a window, or asked for by id. */
export type Origin = 'window' | 'asked';

/** Id, time of change and origin; then one value for each field, null if it has none. A service in it is a list of values, too. */
export type PackedRow = unknown[];

/** Values that many records share, such as codes and places. Each is stored once, and rows have its number. */
export interface Shared {
  values: unknown[];
  numbers: Map<unknown, number>;
  /** Bytes of these values in the state, and of the rows that are passed on. */
  bytes: number;
}

/** An entry of a list, as far as the mapping can use it. */
const trimEntry = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null) return {};
  return typeof value === 'string' && value.length > LONGEST_TEXT
    ? value.slice(0, LONGEST_TEXT + 1)
    : value;
};

/**
 * A value, as far as the mapping can use it. A text is cut to one character more than is accepted, so that it is still
 * rejected as too long. An object is emptied: no column takes one, and it could hold anything.
 */
const trim = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(trimEntry) : trimEntry(value);

/** Bytes that a value takes in a list of the state. */
export const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value)) + 1;

const numberOf = (shared: Shared, value: unknown): number => {
  const known = shared.numbers.get(value);
  if (known !== undefined) return known;
  shared.bytes += bytesOf(value);
  shared.numbers.set(value, shared.values.length);
  return shared.values.push(value) - 1;
};

const packValue = (shared: Shared, field: string, given: unknown): unknown => {
  const value = trim(given) ?? null;
  if (!SHARED.has(field)) return value;
  return Array.isArray(value)
    ? value.map((each) => numberOf(shared, each))
    : numberOf(shared, value);
};

const packField = (shared: Shared, field: string, value: unknown): unknown =>
  field === SERVICES_FIELD && Array.isArray(value)
    ? value.map((entry) => SERVICE_FIELDS.map((own) => packValue(shared, own, Object(entry)[own])))
    : packValue(shared, field, value);

/**
 * Cuts a record to the mapped fields, and its services to what the mapping reads of them. Primero sends whole subforms,
 * and everything if it ignores `fields=`. What is cut off goes no further. The names of fields are stored once
 * for a batch, and not in each record. So are values that many records share: they would fill most of the state.
 *
 * @param shared gets the values that are new to it, with their bytes; the bytes of the row are not counted here
 */
export const packRecord = (record: CaseRecord, origin: Origin, shared: Shared): PackedRow => [
  record.id,
  trim(record.last_updated_at) ?? null,
  numberOf(shared, origin),
  ...FIELDS.map((field) => packField(shared, field, record[field])),
];

const unpackValue = (values: readonly unknown[], field: string, value: unknown): unknown => {
  if (!SHARED.has(field)) return value;
  return Array.isArray(value) ? value.map((each) => values[each]) : values[value as number];
};

const unpackField = (values: readonly unknown[], field: string, value: unknown): unknown =>
  field === SERVICES_FIELD && Array.isArray(value)
    ? value.map((entry) =>
        Object.fromEntries(
          SERVICE_FIELDS.map((own, index) => [own, unpackValue(values, own, entry[index])]),
        ),
      )
    : unpackValue(values, field, value);

/** A record in the form that the mapping needs, from a row of a batch and its shared values. */
export const unpackRecord = (
  row: PackedRow,
  values: readonly unknown[],
): { record: CaseRecord; origin: Origin } => {
  const [id, last_updated_at, origin, ...fields] = row as [string, unknown, number, ...unknown[]];
  const record: CaseRecord = { id, last_updated_at };
  for (const [index, field] of FIELDS.entries())
    record[field] = unpackField(values, field, fields[index]);
  return { record, origin: values[origin] as Origin };
};
