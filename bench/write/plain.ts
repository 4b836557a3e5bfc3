import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { CASE_COLUMNS, SERVICE_COLUMNS } from '../../jobs/lib/mapping/columns.ts';
import type { BatchRows } from '../../jobs/lib/rows.ts';

type Row = Record<string, unknown>;
type Table = {
  name: string;
  key: string;
  columns: readonly string[];
  rows: (b: BatchRows) => Row[];
};

const TABLES: readonly Table[] = [
  {
    name: 'cases',
    key: 'case_id',
    columns: [
      ...CASE_COLUMNS.map(({ name }) => name),
      ...['primero_id', 'primero_updated_at', 'in_reintegration', 'in_under18'],
    ],
    rows: ({ cases }) =>
      distinct(
        cases.map(({ row }) => row),
        'case_id',
      ),
  },
  {
    name: 'services',
    key: 'unique_id',
    columns: [...SERVICE_COLUMNS.map(({ name }) => name), 'case_id'],
    rows: ({ cases }) =>
      distinct(
        cases.flatMap(({ row, services }) =>
          (services ?? []).map((service) => ({ ...service, case_id: row.case_id })),
        ),
        'unique_id',
      ),
  },
];

const distinct = (rows: readonly Row[], key: string): Row[] => [
  ...new Map(rows.map((row) => [row[key], row])).values(),
];

const updates = ({ columns, key }: Table) =>
  columns
    .filter((name) => name !== key)
    .map((name) => `${name} = excluded.${name}`)
    .join(', ');

const literal = (value: unknown): string =>
  value === null || value === undefined ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`;

/** Rows a statement, as integrations usually have it. */
const ROWS = 500;

const insertValues = async (client: Client, table: Table, rows: readonly Row[]) => {
  const { name, key, columns } = table;
  for (let start = 0; start < rows.length; start += ROWS) {
    const values = rows
      .slice(start, start + ROWS)
      .map((row) => `(${columns.map((column) => literal(row[column])).join(', ')})`);
    await client.query(
      `INSERT INTO ${name} (${columns.join(', ')}) VALUES ${values.join(', ')}
       ON CONFLICT (${key}) DO UPDATE SET ${updates(table)}`,
    );
  }
};

const copyText = (value: unknown): string =>
  value === null || value === undefined
    ? '\\N'
    : String(value).replace(/[\\\t\n\r]/g, (char) => `\\${char}`);

const copyAndMerge = async (client: Client, table: Table, rows: readonly Row[]) => {
  const { name, key, columns } = table;
  const list = columns.join(', ');
  const row = (alias: string) => `ROW(${columns.map((column) => `${alias}.${column}`).join(', ')})`;
  await client.query(
    `CREATE TEMPORARY TABLE incoming_${name} ON COMMIT DROP AS SELECT ${list} FROM ${name} LIMIT 0`,
  );
  const lines = rows.map(
    (each) => `${columns.map((column) => copyText(each[column])).join('\t')}\n`,
  );
  await pipeline(
    Readable.from([lines.join('')]),
    client.query(copyFrom(`COPY incoming_${name} (${list}) FROM STDIN`)),
  );
  await client.query(
    `INSERT INTO ${name} (${list}) SELECT ${list} FROM incoming_${name}
     ON CONFLICT (${key}) DO UPDATE SET ${updates(table)}
     WHERE ${row(name)} IS DISTINCT FROM ${row('excluded')}`,
  );
};

const timed =
  (write: typeof insertValues) =>
  async (client: Client, rows: BatchRows): Promise<number> => {
    const started = performance.now();
    await client.query('BEGIN');
    for (const table of TABLES) await write(client, table, table.rows(rows));
    await client.query('COMMIT');
    return performance.now() - started;
  };

/** Multi-row `VALUES`: every row is written, whatever is there. No ledger, nothing is removed. */
export const writeValues = timed(insertValues);

/** `COPY` into a temporary table, then one merge that leaves alone what is the same. No ledger, nothing is removed. */
export const writeCopy = timed(copyAndMerge);

/** How many rows a batch has for both tables. */
export const countRows = (rows: BatchRows): number =>
  TABLES.reduce((sum, table) => sum + table.rows(rows).length, 0);
