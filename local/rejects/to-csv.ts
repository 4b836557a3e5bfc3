type Value = string | number | null | undefined;

/** A spreadsheet takes what begins so for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/;

const cell = (value: Value): string => {
  const text = String(value ?? '');
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Rows as CSV (RFC 4180), the names of their columns first. A text that a spreadsheet would run gets a quote before it. */
export const toCsv = <Row extends Record<string, Value>>(
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): string =>
  [columns.join(','), ...rows.map((row) => columns.map((name) => cell(row[name])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
