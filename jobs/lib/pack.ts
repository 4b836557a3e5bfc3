import { SERVICES_FIELD } from './mapping/columns.ts';
import { SERVICE_FIELDS, trim } from './mapping/fields.ts';
import { fieldsOf } from './requests.ts';
import type { Batch, CaseRecord, RequestResult } from './types.ts';

/** Id, time and whether it is enabled; then one value a field, null for none. A service in it is a list of values, too. */
type Row = unknown[];

/** A record as get-cases keeps it: cut to what the mapping reads, and ready to travel. */
export interface PackedRecord {
  id: string;
  last_updated_at: string;
  /** Its row as JSON: one text holds less memory than its values, and is copied at once. */
  text: string;
}

/** A result whose records are rows of values: their names, said once, would take more than half of the state. */
export interface PackedResult extends Omit<RequestResult, 'records'> {
  fields: readonly string[];
  serviceFields: readonly string[];
  /** The rows as one JSON text: the runtime copies a state through JSON several times, and a text at once. */
  rows: string;
}

export interface PackedBatch extends Omit<Batch, 'results'> {
  results: PackedResult[];
}

/** Values that come before those of the fields. */
const IDENTITY = 3;

const textOf = (records: readonly PackedRecord[]): string =>
  `[${records.map(({ text }) => text).join(',')}]`;

/** Two quotes around a text of rows, and two brackets, where each row but the last has a comma after it. */
const AROUND = 3;

/** Bytes that records take in state, where their text is written as JSON once more; each with a comma after it. */
export const bytesOf = (records: readonly PackedRecord[]): number =>
  records.length === 0 ? 0 : Buffer.byteLength(JSON.stringify(textOf(records))) - AROUND;

const packService = (entry: unknown): Row => {
  const values: Row = [];
  for (let index = 0; index < SERVICE_FIELDS.length; index += 1) {
    values.push(trim(Object(entry)[SERVICE_FIELDS[index]!]) ?? null);
  }
  return values;
};

/**
 * Cuts a record to `fields`, and its services to what the mapping reads of one: Primero sends a subform
 * whole, and everything if it ignores `fields=`. What is cut off here goes nowhere.
 */
export const packRecord = (record: CaseRecord, fields: readonly string[]): PackedRecord => {
  const { id, enabled, record_state, last_updated_at } = record;
  const row: Row = [id, last_updated_at, enabled !== false && record_state !== false];
  for (let index = 0; index < fields.length; index += 1) {
    const field = fields[index]!;
    const value = record[field];
    if (typeof value !== 'object') row.push(trim(value) ?? null);
    else if (field === SERVICES_FIELD && Array.isArray(value)) row.push(value.map(packService));
    else row.push(value === null ? null : trim(value));
  }
  return { id, last_updated_at, text: JSON.stringify(row) };
};

/** Every name with no value: an object that is copied from it has room for all from the start. */
const blank = (names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, undefined]));

const unpackRows = (
  rows: readonly Row[],
  fields: readonly string[],
  serviceFields: readonly string[],
): CaseRecord[] => {
  const blankRecord = blank(['id', 'last_updated_at', 'enabled', ...fields]);
  const blankService = blank(serviceFields);
  const unpackService = (row: Row): object => {
    const service = { ...blankService };
    for (let index = 0; index < serviceFields.length; index += 1) {
      service[serviceFields[index]!] = row[index] ?? undefined;
    }
    return service;
  };
  return rows.map((row) => {
    const record = { ...blankRecord };
    record.id = row[0];
    record.last_updated_at = row[1];
    record.enabled = row[2];
    for (let index = 0; index < fields.length; index += 1) {
      const field = fields[index]!;
      const value = row[index + IDENTITY];
      if (value === null) continue;
      record[field] =
        field === SERVICES_FIELD && Array.isArray(value) ? value.map(unpackService) : value;
    }
    return record as CaseRecord;
  });
};

/** A record as the mapping gets it: nothing is said where there was nothing. */
export const unpackRecord = ({ text }: PackedRecord, fields: readonly string[]): CaseRecord =>
  unpackRows([JSON.parse(text)], fields, SERVICE_FIELDS)[0]!;

/** A batch of packed records as it travels in state, from get-cases to upsert-cases. */
export const toTravel = ({ results, ...batch }: Batch<PackedRecord>): PackedBatch => ({
  ...batch,
  results: results.map(({ records, ...result }) => ({
    ...result,
    fields: fieldsOf(result.indicator),
    serviceFields: SERVICE_FIELDS,
    rows: textOf(records),
  })),
});

/** A batch as it travels in state. */
export const packBatch = ({ results, ...batch }: Batch): PackedBatch =>
  toTravel({
    ...batch,
    results: results.map(({ records, ...result }) => {
      const fields = fieldsOf(result.indicator);
      return { ...result, records: records.map((record) => packRecord(record, fields)) };
    }),
  });

/** A batch as it was before it travelled. */
export const unpackBatch = ({ results, ...batch }: PackedBatch): Batch => ({
  ...batch,
  results: results.map(({ fields, serviceFields, rows, ...result }) => ({
    ...result,
    records: unpackRows(JSON.parse(rows), fields, serviceFields),
  })),
});
