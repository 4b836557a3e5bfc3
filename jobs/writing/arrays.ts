/** A value of a column. PostgreSQL can store neither NUL nor half of a surrogate pair: mapping rejects both. */
type Value = string | number | boolean | null | undefined;

/** An escape of JSON that PostgreSQL reads otherwise: it takes what follows a backslash as it is. */
const FOREIGN_ESCAPE = /\\[^"\\]/;

const quote = (value: Value): string =>
  typeof value === 'string' ? `"${value.replace(/["\\]/g, '\\$&')}"` : String(value ?? null);

/**
 * A list of values as PostgreSQL writes an array. One that needs no escapes but of quotes and backslashes looks the
 * same in JSON, but for its brackets: that is made natively, ten times as fast.
 * @example <caption>Two texts and none</caption>
 * toArray(['a', 'say "b"', null]) // {"a","say \"b\"",null}
 */
export const toArray = (values: readonly Value[]): string => {
  const json = JSON.stringify(values);
  const inner = FOREIGN_ESCAPE.test(json) ? values.map(quote).join(',') : json.slice(1, -1);
  return `{${inner}}`;
};

/** Rows as one array for each column. A value that a row lacks is null. */
export const toArrays = (
  columns: readonly { name: string }[],
  rows: readonly Record<string, Value>[],
): string[] => columns.map(({ name }) => toArray(rows.map((row) => row[name])));
