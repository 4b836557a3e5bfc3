/** A column of rows that travel as one JSON parameter. */
export interface SqlColumn {
  name: string;
  type: string;
}

/**
 * Rows from a parameter that holds them as a JSON array: one parse, and explicit columns. For what a batch has few
 * of; cases and services go column by column (unnest.ts).
 * @example <caption>Rows of two columns</caption>
 * recordset('$1', [{ name: 'id', type: 'uuid' }, { name: 'age', type: 'integer' }])
 * // json_to_recordset($1::json) AS r(id uuid, age integer)
 */
export const recordset = (parameter: string, columns: readonly SqlColumn[]): string =>
  `json_to_recordset(${parameter}::json) AS r(${columns.map(({ name, type }) => `${name} ${type}`).join(', ')})`;

/** Column names, each behind an alias where one is given. */
export const names = (columns: readonly SqlColumn[], alias?: string): string =>
  columns.map(({ name }) => (alias ? `${alias}.${name}` : name)).join(', ');

/** `SET` list that takes each column from `alias`. */
export const assignments = (columns: readonly SqlColumn[], alias: string): string =>
  columns.map(({ name }) => `${name} = ${alias}.${name}`).join(', ');

/** Who a record is: in front of the columns that it fills. */
export const IDENTITY: readonly SqlColumn[] = [
  { name: 'primero_id', type: 'uuid' },
  { name: 'primero_updated_at', type: 'timestamptz' },
  { name: 'in_reintegration', type: 'boolean' },
  { name: 'in_under18', type: 'boolean' },
];
