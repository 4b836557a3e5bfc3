import { LONGEST_TEXT } from '../settings.ts';
import type { CaseRecord } from '../types.ts';
import {
  CASE_COLUMNS,
  type Column,
  LEAVER_COLUMNS,
  SERVICE_COLUMNS,
  SERVICES_FIELD,
} from './columns.ts';

const fieldsOf = (columns: readonly Column[]): string[] => [
  ...new Set(columns.map(({ field }) => field)),
];

const CASE_FIELDS: readonly string[] = fieldsOf(CASE_COLUMNS);

/** What the mapping reads of a case, and so all that Primero is asked for. */
export const FULL_FIELDS: readonly string[] = [...CASE_FIELDS, SERVICES_FIELD];

/** What the mapping reads of a case that is too old for 4.11a. */
export const MINIMAL_FIELDS: readonly string[] = fieldsOf(LEAVER_COLUMNS);

/** What the mapping reads of a service. */
export const SERVICE_FIELDS: readonly string[] = fieldsOf(SERVICE_COLUMNS);

/**
 * A value as far as the mapping can use it. A text is cut to one character more than is accepted: enough to
 * be rejected as too long. An object is emptied: no column takes one, and it could hold anything.
 */
const trim = (value: unknown): unknown => {
  if (typeof value === 'string') {
    return value.length > LONGEST_TEXT ? value.slice(0, LONGEST_TEXT + 1) : value;
  }
  return typeof value === 'object' && value !== null ? {} : value;
};

const pick = <Into extends object>(into: Into, source: object, fields: readonly string[]): Into => {
  const picked = into as Record<string, unknown>;
  for (const field of fields) {
    const value = (source as Record<string, unknown>)[field];
    if (value === undefined || value === null) continue;
    picked[field] = Array.isArray(value) ? value.map(trim) : trim(value);
  }
  return into;
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Cuts a record to `fields`, and its services to what the mapping reads of one: Primero sends a subform
 * whole, and everything if it ignores `fields=`. What is cut off here goes nowhere.
 */
export const project = (record: CaseRecord, fields: readonly string[]): CaseRecord => {
  const { id, enabled, record_state, last_updated_at } = record;
  const cut: CaseRecord = {
    id,
    enabled: enabled !== false && record_state !== false,
    last_updated_at,
  };
  const services = fields.includes(SERVICES_FIELD) ? record[SERVICES_FIELD] : undefined;
  if (!Array.isArray(services)) return pick(cut, record, fields);
  pick(cut, record, CASE_FIELDS);
  cut[SERVICES_FIELD] = services.map((entry) =>
    isObject(entry) ? pick({}, entry, SERVICE_FIELDS) : {},
  );
  return cut;
};
