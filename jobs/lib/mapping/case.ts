import { isReintegration, isUnder18 } from '../indicators.ts';
import type { CaseRecord } from '../types.ts';
import {
  CASE_COLUMNS,
  type Column,
  type Context,
  LEAVER_COLUMNS,
  SERVICE_COLUMNS,
  SERVICES_FIELD,
  type Value,
} from './columns.ts';
import { type Reason, Reject } from './reject.ts';

/** Values by column. */
export type Row = Record<string, Value>;

/** A record, or one service of it, that cannot be loaded. */
export interface Rejected {
  primero_id: string;
  scope: 'case' | 'service';
  field: string;
  reason: Reason;
}

/** Who a record is and what it counts for; never part of its content. */
export interface Identity {
  primero_id: string;
  primero_updated_at: string;
  in_reintegration: boolean;
  in_under18: boolean;
}

export interface MappedCase {
  row: Row | null;
  services: Row[];
  /** Whether the record said which services there are: only then are they replaced. */
  hasServices: boolean;
  rejects: Rejected[];
}

export const identify = (record: CaseRecord): Identity => ({
  primero_id: record.id.toLowerCase(),
  primero_updated_at: record.last_updated_at,
  in_reintegration: isReintegration(record),
  in_under18: isUnder18(record),
});

/** Maps one column after the other; the first that cannot be mapped rejects the whole row. */
const toRow = (
  columns: readonly Column[],
  source: object,
  context: Context,
): { row: Row } | { field: string; reason: Reason } => {
  const row: Row = {};
  for (const { name, field, map } of columns) {
    try {
      row[name] = map((source as Record<string, unknown>)[field], context);
    } catch (error) {
      if (error instanceof Reject) return { field, reason: error.reason };
      throw error;
    }
  }
  return { row };
};

const toServices = (record: CaseRecord, caseId: Value, context: Context) => {
  const services = new Map<Value, Row>();
  const rejects: Rejected[] = [];
  const entries = record[SERVICES_FIELD];
  const reject = (field: string, reason: Reason) =>
    rejects.push({ primero_id: record.id.toLowerCase(), scope: 'service', field, reason });
  if (!Array.isArray(entries)) {
    if (entries !== undefined) reject(SERVICES_FIELD, 'NOT_A_LIST');
    return { services: [], rejects, hasServices: false };
  }
  entries.forEach((entry, index) => {
    const path = (field: string) => `${SERVICES_FIELD}[${index}].${field}`;
    const mapped = toRow(SERVICE_COLUMNS, Object(entry), context);
    if (!('row' in mapped)) reject(path(mapped.field), mapped.reason);
    else if (services.has(mapped.row.unique_id!)) reject(path('unique_id'), 'SERVICE_ID_TAKEN');
    else services.set(mapped.row.unique_id!, Object.assign(mapped.row, { case_id: caseId }));
  });
  return { services: [...services.values()], rejects, hasServices: true };
};

/**
 * Maps a whole record to its row of `cases` and its rows of `services`. What cannot be mapped is named in
 * `rejects` by field and reason: one bad value rejects the record, a bad service only that service.
 * @example <caption>One record of a batch</caption>
 * mapCase(record, { gazetteer, onUnmapped: (field) => count(field) })
 */
export const mapCase = (record: CaseRecord, context: Context): MappedCase => {
  const mapped = toRow(CASE_COLUMNS, record, context);
  if (!('row' in mapped)) {
    const reject = { primero_id: record.id.toLowerCase(), scope: 'case' as const, ...mapped };
    return { row: null, services: [], hasServices: false, rejects: [reject] };
  }
  return { row: mapped.row, ...toServices(record, mapped.row.case_id!, context) };
};

/** Maps what is asked of a case that is too old for 4.11a; what cannot be mapped is null, its id is known. */
export const mapLeaver = (record: CaseRecord, context: Context): Row =>
  Object.fromEntries(
    LEAVER_COLUMNS.map((column) => {
      const mapped = toRow([column], record, context);
      return [column.name, 'row' in mapped ? mapped.row[column.name]! : null];
    }),
  );
