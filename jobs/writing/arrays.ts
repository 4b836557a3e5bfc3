/** A value of a column. PostgreSQL can store neither NUL nor half of a surrogate pair: the mapping rejects both. */
type Value = string | number | boolean | null | undefined;

/** An escape in JSON that PostgreSQL reads differently: it takes the character after a backslash as it is. */
const FOREIGN_ESCAPE = /\\[^"\\]/;

const quote = (value: Value): string =>
  typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value ?? null);

/**
 * A list of values as PostgreSQL writes an array. If only quotes and backslashes need escapes, it looks the same as
 * JSON, except for the brackets. JSON is made natively, and ten times as fast.
 * @example <caption>Two texts and none</caption>
 * toArray(['a', 'say "b"', null]) // {"a","say \"b\"",null}
 */
export const toArray = (values: readonly Value[]): string => {
  const json = JSON.stringify(values);
  const inner = FOREIGN_ESCAPE.test(json) ? values.map(quote).join(',') : json.slice(1, -1);
  return `{${inner}}`;
};

/** Rows as one array for each column. If a row lacks a value, it is null. */
export const toArrays = (
  columns: readonly { name: string }[],
  rows: readonly Record<string, Value>[],
): string[] => columns.map(({ name }) => toArray(rows.map((row) => row[name])));
