/** PostgreSQL's types that take what the jobs write for one of ours, and keep it as it is. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  text: ['text', 'character varying', 'character', 'citext'],
  integer: ['integer', 'bigint', 'numeric'],
  bigint: ['bigint', 'integer', 'numeric'],
  date: ['date', 'timestamp without time zone', 'timestamp with time zone'],
  timestamp: ['timestamp without time zone', 'timestamp with time zone'],
  timestamptz: ['timestamp with time zone', 'timestamp without time zone'],
  uuid: ['uuid'],
  jsonb: ['jsonb'],
  boolean: ['boolean'],
  'text[]': ['text[]', 'character varying[]'],
};

/** Whether a column of a type takes what is written for one of ours. */
export const takes = (ours: string, base: string): boolean => TAKES[ours]!.includes(base);

/** An expression that makes a column's values ours; what is blank becomes none. */
export const converted = (column: string, ours: string): string =>
  ours === 'text' ? `${column}::text` : `nullif(trim(${column}::text), '')::${ours}`;
