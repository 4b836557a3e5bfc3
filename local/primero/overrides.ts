import { DISABLED, ENABLED, NO_AGE, NO_STATE } from './columns.ts';

/** Hand-made values of one case, by field; `undefined` means that the field is missing. */
export type Overrides = Record<string, unknown>;

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** Time in ms of a full date-time, with a fraction for what it has below a millisecond; else undefined. */
export const asTime = (value: unknown): number | undefined => {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return undefined;
  const time = Date.parse(value);
  const below = /\.\d{3}(\d{1,3})/.exec(value)?.[1] ?? '0';
  return Number.isNaN(time) ? undefined : time + Number(`0.${below}`);
};

/** Whole years, as a database's integer column would take the value; undefined: none. */
export const asAge = (value: unknown): number | undefined => {
  const text = typeof value === 'string' && /^\s*-?\d+/.test(value);
  const years =
    typeof value === 'number' ? Math.trunc(value) : text ? Number.parseInt(value, 10) : NaN;
  return years > NO_AGE && years <= 32767 ? years : undefined;
};

/** What the column of states holds for a value of `record_state`. */
export const asState = (value: unknown): number => {
  if (value === undefined || value === null) return NO_STATE;
  return value === true || value === 'true' ? ENABLED : DISABLED;
};

/** Sets a field whatever its name is; a plain assignment of `__proto__` would set none. */
export const setOwn = (record: Overrides, name: string, value: unknown): void => {
  const attributes = { writable: true, enumerable: true, configurable: true };
  Object.defineProperty(record, name, { value, ...attributes });
};
