import { FIELDS, SERVICE_FIELDS, SERVICES_FIELD } from '../mapping/fields.ts';
import { LONGEST_TEXT } from '../policy.ts';
import type { CaseRecord } from '../record.ts';

/** Whether a record was read in a window, or asked for by id. */
export type Origin = 'window' | 'asked';

/** Id, time of change and origin; then one value a field, null for none. A service in it is a list of values, too. */
export type PackedRow = unknown[];

const IDENTITY = 3;

/** An entry of a list as far as the mapping can use it. */
const trimEntry = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null) return {};
  return typeof value === 'string' && value.length > LONGEST_TEXT
    ? value.slice(0, LONGEST_TEXT + 1)
    : value;
};

/**
 * A value as far as the mapping can use it. A text is cut to one character more than is accepted: enough to
 * be rejected as too long. An object is emptied: no column takes one, and it could hold anything.
 */
const trim = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(trimEntry) : trimEntry(value);

const packService = (entry: unknown): PackedRow =>
  SERVICE_FIELDS.map((field) => trim(Object(entry)[field]) ?? null);

const packField = (value: unknown, field: string): unknown =>
  field === SERVICES_FIELD && Array.isArray(value) ? value.map(packService) : (trim(value) ?? null);

/**
 * Cuts a record to the mapped fields, and its services to what the mapping reads of one: Primero sends a subform
 * whole, and everything if it ignores `fields=`. What is cut off here goes nowhere. Names of fields are said once
 * for a batch, not once for a record: they would take more than half of the state.
 */
export const packRecord = (record: CaseRecord, origin: Origin): PackedRow => [
  record.id,
  trim(record.last_updated_at) ?? null,
  origin,
  ...FIELDS.map((field) => packField(record[field], field)),
];

/** Bytes that a row takes in the state. */
export const bytesOf = (row: PackedRow): number => Buffer.byteLength(JSON.stringify(row)) + 1;

const unpackService = (entry: unknown): unknown =>
  Array.isArray(entry)
    ? Object.fromEntries(SERVICE_FIELDS.map((field, index) => [field, entry[index]]))
    : entry;

/** A record as the mapping gets it, from a row of a batch. */
export const unpackRecord = (row: PackedRow): { record: CaseRecord; origin: Origin } => {
  const [id, last_updated_at, origin] = row as [string, unknown, Origin];
  const record: CaseRecord = { id, last_updated_at };
  for (let index = 0; index < FIELDS.length; index += 1) {
    const field = FIELDS[index]!;
    const value = row[index + IDENTITY];
    record[field] =
      field === SERVICES_FIELD && Array.isArray(value) ? value.map(unpackService) : value;
  }
  return { record, origin };
};
