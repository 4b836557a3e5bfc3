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
  row: (Row & Identity) | null;
  /** Null where the record does not say which services there are: then those that are held stay. */
  services: Row[] | null;
  rejects: Rejected[];
}

export const identify = (record: CaseRecord): Identity => ({
  primero_id: record.id.toLowerCase(),
  primero_updated_at: record.last_updated_at,
  in_reintegration: isReintegration(record),
  in_under18: isUnder18(record),
});

/** A row with a place for each column: one that is copied from it need not grow, value by value. */
const blank = (...names: string[]): Row => Object.fromEntries(names.map((name) => [name, null]));

const namesOf = (columns: readonly Column[]): string[] => columns.map(({ name }) => name);

const IDENTITY = ['primero_id', 'primero_updated_at', 'in_reintegration', 'in_under18'];
const BLANK_CASE = blank(...namesOf(CASE_COLUMNS), ...IDENTITY);
const BLANK_LEAVER = blank(...namesOf(LEAVER_COLUMNS), ...IDENTITY);
const BLANK_SERVICE = blank(...namesOf(SERVICE_COLUMNS));

/** Says who a row is. */
const sign = (row: Row, identity: Identity): Row & Identity => {
  row.primero_id = identity.primero_id;
  row.primero_updated_at = identity.primero_updated_at;
  row.in_reintegration = identity.in_reintegration;
  row.in_under18 = identity.in_under18;
  return row as Row & Identity;
};

/** Fills one column after the other; the first that cannot be mapped rejects the whole row. */
const fill = (
  row: Row,
  columns: readonly Column[],
  source: object,
  context: Context,
): { field: string; reason: Reason } | null => {
  let index = 0;
  try {
    for (; index < columns.length; index += 1) {
      const { name, field, map } = columns[index]!;
      row[name] = map((source as Record<string, unknown>)[field], context);
    }
    return null;
  } catch (error) {
    if (error instanceof Reject) return { field: columns[index]!.field, reason: error.reason };
    throw error;
  }
};

const toServices = (record: CaseRecord, primeroId: string, context: Context) => {
  const services: Row[] = [];
  const rejects: Rejected[] = [];
  const entries = record[SERVICES_FIELD];
  const reject = (field: string, reason: Reason) =>
    rejects.push({ primero_id: primeroId, scope: 'service', field, reason });
  if (!Array.isArray(entries)) {
    if (entries !== undefined) reject(SERVICES_FIELD, 'NOT_A_LIST');
    return { services: null, rejects };
  }
  const ids = new Set<Value>();
  for (let index = 0; index < entries.length; index += 1) {
    const row = { ...BLANK_SERVICE };
    const failed = fill(row, SERVICE_COLUMNS, Object(entries[index]), context);
    const path = (field: string) => `${SERVICES_FIELD}[${index}].${field}`;
    if (failed) reject(path(failed.field), failed.reason);
    else if (ids.has(row.unique_id!)) reject(path('unique_id'), 'SERVICE_ID_TAKEN');
    else {
      ids.add(row.unique_id!);
      services.push(row);
    }
  }
  return { services, rejects };
};

/**
 * Maps a whole record to its row of `cases` and its rows of `services`. What cannot be mapped is named in
 * `rejects` by field and reason: one bad value rejects the record, a bad service only that service.
 * @example <caption>One record of a batch</caption>
 * mapCase(record, { gazetteer, onUnmapped: (field) => count(field) })
 */
export const mapCase = (
  record: CaseRecord,
  context: Context,
  identity: Identity = identify(record),
): MappedCase => {
  const row = { ...BLANK_CASE };
  const { primero_id } = identity;
  const failed = fill(row, CASE_COLUMNS, record, context);
  if (failed) {
    const rejects: Rejected[] = [{ primero_id, scope: 'case', ...failed }];
    return { row: null, services: null, rejects };
  }
  return { row: sign(row, identity), ...toServices(record, primero_id, context) };
};

/** Maps what is asked of a case that is too old for 4.11a; what cannot be mapped is null, its id is known. */
export const mapLeaver = (
  record: CaseRecord,
  context: Context,
  identity: Identity = identify(record),
): Row & Identity => {
  const row = { ...BLANK_LEAVER };
  for (const column of LEAVER_COLUMNS) fill(row, [column], record, context);
  return sign(row, identity);
};
