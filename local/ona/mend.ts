import type { Client } from 'pg';
import { type Made, readMade } from './migrations.ts';
import { readSql } from './read-sql.ts';
import { SHAPE } from './shape.ts';

/** All existing things that migrations make: `table cases`, `column cases.age`, `view data_freshness`, … */
export const readThings = async (client: Client): Promise<Set<string>> => {
  const { rows } = await client.query<{ things: string[] }>(await readSql('local/ona/things.sql'));
  return new Set(rows[0]!.things);
};

const hasRows = async (client: Client, table: string): Promise<boolean> =>
  (await client.query(`SELECT FROM ${table} LIMIT 1`)).rowCount !== 0;

/** Whether everything that a statement makes exists. If a table has any rows, it is taken to have all that it should. */
const isThere = async (
  client: Client,
  { kind, name, columns }: Made,
  { things, made }: { things: Set<string>; made: Set<string> },
): Promise<boolean> => {
  // A function that is made again can at first be called by everybody.
  if (kind === 'revoked') return false;
  if (kind === 'rows') return hasRows(client, name);
  if (kind === 'keys') return ['cases', 'services'].every((table) => !made.has(`table ${table}`));
  if (kind !== 'columns') return things.has(`${kind} ${name}`);
  return columns.every((column) => things.has(`column ${name}.${column}`));
};

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join() === [...b].sort().join();

/** Adds columns and unique keys that existing tables of the sync have lost. */
const mendTables = async (client: Client, things: Set<string>): Promise<void> => {
  for (const [table, { columns }] of Object.entries(SHAPE))
    for (const [column, definition] of Object.entries(columns))
      if (!things.has(`column ${table}.${column}`))
        await client.query(`ALTER TABLE ${table} ADD COLUMN ${column} ${definition}`);
  const keys = await readSql('local/ona/keys.sql');
  const { rows } = await client.query<{ table: string; columns: string[] }>(keys, [
    Object.keys(SHAPE),
  ]);
  for (const [table, { unique }] of Object.entries(SHAPE))
    for (const key of unique) {
      if (rows.some((each) => each.table === table && isSame(each.columns, key))) continue;
      const name = `${table}_${key.join('_')}_unique`;
      await client.query(`CREATE UNIQUE INDEX ${name} ON ${table} (${key.join(', ')})`);
    }
};

/**
 * Makes again what the migrations once made and somebody has removed: tables, columns, keys, indexes, functions and
 * views. Everything that exists stays as it is.
 */
export const mend = async (client: Client): Promise<void> => {
  const before = await readThings(client);
  const statements = await readMade();
  const made = new Set<string>();
  const run = async (wanted: (each: Made) => boolean) => {
    for (const each of statements.filter(wanted)) {
      if (await isThere(client, each, { things: before, made })) continue;
      await client.query(each.sql);
      if (each.kind === 'table') made.add(`table ${each.name}`);
    }
  };
  const reads = ({ kind }: Made) => ['function', 'view', 'index', 'revoked'].includes(kind);
  await run((each) => !reads(each));
  await mendTables(client, await readThings(client));
  await run(reads);
};
