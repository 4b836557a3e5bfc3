import { countsFor } from '../indicators.ts';
import type { CaseRecord } from '../record.ts';
import {
  CASE_COLUMNS,
  type Column,
  type Context,
  IDENTITY_COLUMNS,
  SERVICE_COLUMNS,
  type Value,
} from './columns.ts';
import { SERVICES_FIELD } from './fields.ts';
import { type Reason, Reject } from './reject.ts';
import { isBlank } from './values.ts';

/** Values by column. */
export type Row = Record<string, Value>;

/** A record, or one service of it, that cannot be loaded. */
export interface Rejected {
  scope: 'case' | 'service';
  field: string;
  reason: Reason;
  /** The id that another child has, if that is the reason. */
  wanted?: string;
}

/** A service of a child, and its position in the list. */
export interface MappedService {
  field: string;
  row: Row;
}

/** What a record means for ONA. */
export interface MappedCase {
  /** The child. */
  id: string;
  /** Names of the indicators that it counts for. */
  indicators: string[];
  /** Its row of `cases`; null if it cannot be loaded. */
  row: Row | null;
  services: MappedService[];
  /** unique_ids of services that cannot be loaded: ONA keeps what it holds of them. Null if the list itself cannot be loaded. */
  kept: string[] | null;
  rejects: Rejected[];
}

const ALL_COLUMNS = [...IDENTITY_COLUMNS, ...CASE_COLUMNS];

/** Fills one column after the other. The first one that cannot be mapped rejects the whole row. */
const fill = (
  row: Row,
  columns: readonly Column[],
  source: object,
  context: Context,
): { field: string; reason: Reason } | null => {
  let index = 0;
  try {
    for (; index < columns.length; index += 1) {
      const column = columns[index]!;
      const value = (source as Record<string, unknown>)[column.field];
      row[column.name] = column.map(value, context, column);
    }
    return null;
  } catch (error) {
    if (error instanceof Reject) return { field: columns[index]!.field, reason: error.reason };
    throw error;
  }
};

/** The id of a service that cannot be loaded for another reason, if it is a text. */
const idOf = (entry: unknown): string[] => {
  const { unique_id } = Object(entry);
  return typeof unique_id === 'string' && unique_id !== '' ? [unique_id] : [];
};

/** The services of a record. A list that was never filled, or was cleared, means that there are none. */
const toServices = (record: CaseRecord, context: Context) => {
  const services: MappedService[] = [];
  const rejects: Rejected[] = [];
  const kept: string[] = [];
  const entries = record[SERVICES_FIELD];
  if (isBlank(entries)) return { services, kept, rejects };
  if (!Array.isArray(entries)) {
    rejects.push({ scope: 'service', field: SERVICES_FIELD, reason: 'NOT_A_LIST' });
    return { services, kept: null, rejects };
  }
  const ids = new Set<Value>();
  for (let index = 0; index < entries.length; index += 1) {
    const row: Row = {};
    const failed = fill(row, SERVICE_COLUMNS, Object(entries[index]), context);
    const reject = (field: string, reason: Reason) => {
      rejects.push({ scope: 'service', field: `${SERVICES_FIELD}[${index}].${field}`, reason });
    };
    if (failed) {
      reject(failed.field, failed.reason);
      kept.push(...idOf(entries[index]));
    } else if (ids.has(row.unique_id!)) reject('unique_id', 'SERVICE_ID_TWICE');
    else {
      ids.add(row.unique_id!);
      services.push({ field: `${SERVICES_FIELD}[${index}].unique_id`, row });
    }
  }
  return { services, kept: kept.filter((id) => !ids.has(id)), rejects };
};

/**
 * Maps a record to its row of `cases` and its rows of `services`. `rejects` names what cannot be mapped, by field
 * and reason: one bad value rejects the record, and a bad service only that service.
 * @example <caption>One record of a batch</caption>
 * mapCase(record, { gazetteer, onUnmapped: (field) => count(field) })
 */
export const mapCase = (record: CaseRecord, context: Context): MappedCase => {
  const { id } = record;
  const indicators = countsFor(record);
  const row: Row = {};
  const failed = fill(row, ALL_COLUMNS, record, context);
  if (!failed) return { id, indicators, row, ...toServices(record, context) };
  const rejects: Rejected[] = [{ scope: 'case', ...failed }];
  return { id, indicators, row: null, services: [], kept: null, rejects };
};
