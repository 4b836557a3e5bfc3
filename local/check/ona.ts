import { isDeepStrictEqual } from 'node:util';
import type { Client } from 'pg';
import indicators from '#config/indicators.json' with { type: 'json' };
import { places } from '../config/places.ts';
import type { OnaCredential } from '../credentials/schema.ts';
import { migrateCommand } from '../ona/check-tables.ts';
import { withOna } from '../ona/connect.ts';
import { SHAPE } from '../ona/shape.ts';
import { about, type Line, some } from './line.ts';
import { SELECT_PRIVILEGES, SELECT_SERVER, SELECT_SHAPE } from './ona-sql.ts';

/** PostgreSQL 14 is the first with range_agg, which the coverage is made of. */
const OLDEST_VERSION = 140_000;

const GRANTS = 'Run the grants in docs/deploy.md, as the owner of the tables.';

type Server = {
  version: string;
  number: number;
  encoding: string;
  encrypted: boolean;
  closed: string | null;
};

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|::1|\/.*)$/;

const serverLines = (server: Server, { host }: OnaCredential): Line[] => {
  const version = about('version of ONA');
  const text = `PostgreSQL ${server.version}`;
  const lines = [
    server.number < OLDEST_VERSION
      ? version.problem(text, 'Have it upgraded to PostgreSQL 14 or later.')
      : version.ok(text),
  ];
  if (server.encoding !== 'UTF8')
    lines.push(
      about('encoding of ONA').problem(server.encoding, 'Make the database with encoding UTF8.'),
    );
  if (!server.encrypted && !LOCAL.test(host))
    lines.push(
      about('connection to ONA').warning(
        "not encrypted: children's data can be read on the way",
        'Set ona.ssl to true, and have the server demand it.',
      ),
    );
  return lines;
};

type Found = Record<string, { columns: string[]; unique: string[][] }>;

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join() === [...b].sort().join();

const shapeLines = (found: Found, mend: string): Line[] => {
  const lines: Line[] = [];
  for (const [table, { columns, unique }] of Object.entries(SHAPE)) {
    const line = about(`table ${table}`);
    const there = found[table];
    if (!there) {
      lines.push(line.problem('is not there', mend));
      continue;
    }
    const missing = columns.filter((column) => !there.columns.includes(column));
    if (missing.length > 0) lines.push(line.problem(`lacks ${some(missing)}`, mend));
    for (const key of unique)
      if (!there.unique.some((each) => isSame(each, key)))
        lines.push(line.problem(`lets ${key.join(', ')} occur twice`, mend));
  }
  return lines.length > 0
    ? lines
    : [about('tables of ONA').ok(`${Object.keys(SHAPE).length} tables, with columns and keys`)];
};

type Lack = { table: string; privilege: string };

const lacking = async (client: Client, found: Found): Promise<Lack[]> => {
  const needed = Object.entries(SHAPE)
    .filter(([table]) => found[table])
    .flatMap(([table, { privileges }]) => privileges.map((privilege) => ({ table, privilege })));
  return (await client.query<Lack>(SELECT_PRIVILEGES, [JSON.stringify(needed)])).rows;
};

/** Grants are on tables: those of one that is not there cannot be looked at. */
const privilegeLine = (lacks: Lack[], found: Found): Line => {
  const line = about('grants of ONA');
  const names = lacks.map(({ table, privilege }) => `${privilege} on ${table}`);
  if (names.length > 0) return line.problem(`lacks ${some(names)}`, GRANTS);
  const missing = Object.keys(SHAPE).filter((table) => !found[table]);
  return missing.length === 0
    ? line.ok('all that the jobs need')
    : line.warning(`not looked at on ${some(missing)}`, 'Check again when the tables are there.');
};

const districtLines = async (client: Client, mend: string): Promise<Line[]> => {
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::integer AS count FROM locations_lookup',
  );
  const count = rows[0]!.count;
  const wanted = places().length;
  const line = about('districts of ONA');
  if (count >= wanted) return [line.ok(String(count))];
  const text = `${count} of ${wanted} in locations_lookup: places of other cases stay blank`;
  return [
    count === 0 ? line.problem(text, mend) : line.warning(text, 'Add those that are missing.'),
  ];
};

/** Whether the views count what config/ says. The jobs do without, so their user need not see the table. */
const definitionLines = async (client: Client, mend: string): Promise<Line[]> => {
  const readable = await client.query<{ can: boolean | null }>(
    "SELECT has_table_privilege(to_regclass('indicator_definitions'), 'SELECT') AS can",
  );
  if (!readable.rows[0]?.can) return [];
  const { rows } = await client.query<{ definition: { name: string } }>(
    'SELECT definition FROM indicator_definitions ORDER BY position',
  );
  const line = about('indicators of ONA');
  const held = rows.map(({ definition }) => definition);
  if (isDeepStrictEqual(held, indicators))
    return [line.ok(held.map(({ name }) => name).join(', '))];
  return [line.problem('are not those of config/indicators.json that is built in', mend)];
};

/** Looks whether ONA has all that the jobs need. Nothing is written. */
export const checkOna = (ona: OnaCredential, file?: string): Promise<Line[]> =>
  withOna(ona, async (client) => {
    const mend = `Run \`${migrateCommand(file)}\`, as the owner of the tables.`;
    await client.query('BEGIN READ ONLY');
    const server = await client.query<Server>(SELECT_SERVER);
    const { closed } = server.rows[0]!;
    if (closed !== null)
      return [about('grants of ONA').problem(`lacks USAGE on the schema ${closed}`, GRANTS)];
    const shape = await client.query<{ tables: Found }>(SELECT_SHAPE, [Object.keys(SHAPE)]);
    const found = shape.rows[0]!.tables ?? {};
    const lacks = await lacking(client, found);
    const canRead =
      found.locations_lookup && !lacks.some(({ table }) => table === 'locations_lookup');
    return [
      about('ONA').ok('signed in'),
      ...serverLines(server.rows[0]!, ona),
      ...shapeLines(found, mend),
      privilegeLine(lacks, found),
      ...(canRead ? await districtLines(client, mend) : []),
      ...(await definitionLines(client, mend)),
    ];
  });
