import { type Columns, NO_AGE } from './columns.ts';
import { asAge, asState, asTime } from './overrides.ts';
import { isoTime } from './records/dates.ts';
import type { TypeNames } from './type-names.ts';

/** Edits when a case was made, ms; NaN: it says nothing. What was drawn by the old time stays. */
export const dateCreation = (columns: Columns, index: number, createdAt: number): void => {
  if (!columns.madeAt.has(index)) columns.madeAt.set(index, columns.createdAt[index]!);
  columns.createdAt[index] = createdAt;
};

/**
 * Puts a field's value into its column, as far as it has one and the value fits.
 * @returns whether the column alone now says what the record shall hold
 */
export const setColumn = (
  { columns, types }: { columns: Columns; types: TypeNames },
  index: number,
  name: string,
  value: unknown,
): boolean => {
  if (name === 'age') {
    columns.age[index] = asAge(value) ?? NO_AGE;
    return typeof value === 'number' && asAge(value) === value;
  }
  if (name === 'type_of_case') {
    columns.type[index] = types.numberOf(value);
    return typeof value === 'string' && types.names[columns.type[index]!] === value;
  }
  if (name === 'record_state' || name === 'enabled') {
    columns.state[index] = asState(value);
    return typeof value === 'boolean' || (name === 'record_state' && value === undefined);
  }
  if (name === 'created_at') {
    const time = asTime(value);
    dateCreation(columns, index, time ?? Number.NaN);
    return value === undefined || (time !== undefined && isoTime(time) === value);
  }
  return false;
};
