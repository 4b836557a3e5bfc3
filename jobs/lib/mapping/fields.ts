import { LONGEST_TEXT } from '../settings.ts';
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

/** What the mapping reads of a case, and so all that Primero is asked for. */
export const FULL_FIELDS: readonly string[] = [...fieldsOf(CASE_COLUMNS), SERVICES_FIELD];

/** What the mapping reads of a case that is too old for 4.11a. */
export const MINIMAL_FIELDS: readonly string[] = fieldsOf(LEAVER_COLUMNS);

/** What the mapping reads of a service. */
export const SERVICE_FIELDS: readonly string[] = fieldsOf(SERVICE_COLUMNS);

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
export const trim = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(trimEntry) : trimEntry(value);
