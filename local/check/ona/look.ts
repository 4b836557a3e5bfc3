import type { Client } from 'pg';
import SELECT_LOCATIONS from '../../../jobs/writing/select-locations.sql';
import { viewNames } from '../../ona/migrations.ts';
import { readSql } from '../../ona/read-sql.ts';
import { SHAPE } from '../../ona/shape.ts';
import type { Line } from '../line.ts';
import { type Lack, NEEDED } from './grants.ts';
import { blankColumns, inventChildren, neededLengths } from './invented.ts';
import { type Found, type FoundColumn, tableLines } from './tables.ts';

const select = async <Row>(client: Client, sql: string, values: unknown[]): Promise<Row[]> =>
  (await client.query(sql, values)).rows;

/** Views of the migrations that are there, and those that are not. */
const lookForViews = async (client: Client) => {
  const names = await viewNames();
  const rows = await select<{ name: string }>(
    client,
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(name) IS NOT NULL',
    [names],
  );
  const there = rows.map(({ name }) => name);
  return { there, gone: names.filter((name) => !there.includes(name)) };
};

/**
 * Looks at the tables of ONA, and writes nothing.
 * @param migrate the command that mends what the migrations made
 */
export const lookAtTables = async (client: Client, migrate: string) => {
  const names = Object.keys(SHAPE);
  const found: Found = {
    columns: await select<FoundColumn>(client, await readSql('local/check/ona/columns.sql'), [
      names,
    ]),
    keys: await select(client, await readSql('local/ona/keys.sql'), [names]),
  };
  const lacks = await select<Lack>(client, await readSql('local/check/ona/grants.sql'), [
    JSON.stringify(NEEDED),
  ]);
  const hasPlaces = Object.keys(SHAPE.locations_lookup!.columns).every((column) =>
    found.columns.some((each) => each.table === 'locations_lookup' && each.column === column),
  );
  const canRead = hasPlaces && !lacks.some(({ thing }) => thing === 'locations_lookup');
  const places = canRead ? (await client.query(SELECT_LOCATIONS)).rows : null;
  const views = await lookForViews(client);
  const invented = inventChildren(places ?? []);
  const written = { lengths: neededLengths(invented.full), blank: blankColumns(invented.bare) };
  const lines = tableLines(found, written, { migrate, views: views.there });
  return { found, lacks, views, places, invented, lines };
};

/** What `migrate` does not change because it belongs to others, with the statements that change it. */
export const leftAsItIs = async (client: Client, migrate: string): Promise<Line[]> =>
  (await lookAtTables(client, migrate)).lines.filter(({ level }) => level === 'problem');
