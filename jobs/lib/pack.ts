import { SERVICES_FIELD } from './mapping/columns.ts';
import { SERVICE_FIELDS } from './mapping/fields.ts';
import { fieldsOf } from './requests.ts';
import type { Batch, CaseRecord, RequestResult } from './types.ts';

/** A record as a row of values: id, time, whether it is enabled, then one value a field. */
export type PackedRecord = unknown[];

/** A result whose records are rows of values: their names, said once, would take more than half of the state. */
export interface PackedResult extends Omit<RequestResult, 'records'> {
  fields: readonly string[];
  serviceFields: readonly string[];
  rows: PackedRecord[];
}

export interface PackedBatch extends Omit<Batch, 'results'> {
  results: PackedResult[];
}

const values = (source: object, fields: readonly string[]): unknown[] =>
  fields.map((field) => (source as Record<string, unknown>)[field] ?? null);

/** A record as a row of values. */
export const packRecord = (record: CaseRecord, fields: readonly string[]): PackedRecord => {
  const row = [record.id, record.last_updated_at, record.enabled, ...values(record, fields)];
  const services = record[SERVICES_FIELD];
  const position = fields.indexOf(SERVICES_FIELD);
  if (position >= 0 && Array.isArray(services)) {
    row[position + 3] = services.map((entry) => values(entry, SERVICE_FIELDS));
  }
  return row;
};

const assign = (target: Record<string, unknown>, fields: readonly string[], row: unknown[]) => {
  fields.forEach((field, index) => {
    if (row[index] !== null) target[field] = row[index];
  });
  return target;
};

const unpackRecord = (
  [id, last_updated_at, enabled, ...row]: PackedRecord,
  { fields, serviceFields }: PackedResult,
): CaseRecord => {
  const record = assign({ id, last_updated_at, enabled }, fields, row);
  const services = record[SERVICES_FIELD];
  if (Array.isArray(services)) {
    record[SERVICES_FIELD] = services.map((entry) => assign({}, serviceFields, entry));
  }
  return record as CaseRecord;
};

/** A batch as it travels in state, from get-cases to upsert-cases. */
export const packBatch = ({ results, ...batch }: Batch): PackedBatch => ({
  ...batch,
  results: results.map(({ records, ...result }) => {
    const fields = fieldsOf(result.indicator);
    const rows = records.map((record) => packRecord(record, fields));
    return { ...result, fields, serviceFields: SERVICE_FIELDS, rows };
  }),
});

/** A batch as it was before it travelled. */
export const unpackBatch = ({ results, ...batch }: PackedBatch): Batch => ({
  ...batch,
  results: results.map((packed) => {
    const { fields: _, serviceFields: __, rows, ...result } = packed;
    return { ...result, records: rows.map((row) => unpackRecord(row, packed)) };
  }),
});
