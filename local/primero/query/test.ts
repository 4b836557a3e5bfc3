/** Whether a field's value, `undefined` where it is missing, is what a filter asks for. */
export type Test = (value: unknown) => boolean;

export const isBlank: Test = (value) => value === undefined || value === null;

/** A list passes when one of its entries does. */
export const anyOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) ? value.some(test) : test(value);

export const between =
  (read: (value: unknown) => number, from: number, to: number): Test =>
  (value) =>
    read(value) >= from && read(value) <= to;

/** A date or date-time in ms, also one that is written with slashes; NaN for any other value. */
export const timeOf = (value: unknown): number =>
  typeof value === 'string' ? Date.parse(value.replaceAll('/', '-')) : Number.NaN;

/** The whole number that a value starts with, as a column of numbers keeps it; else NaN. */
export const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' ? Number.parseInt(value, 10) : NaN;
