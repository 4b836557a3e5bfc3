import { places as ours } from '../config/places.ts';
import type { OnaCredential } from '../credentials/schema.ts';
import { migrateCommand } from '../ona/check-tables.ts';
import { withOna } from '../ona/connect.ts';
import { readSql } from '../ona/read-sql.ts';
import { about, type Line } from './line.ts';
import { loginLine } from './logins.ts';
import { definitionLines } from './ona/definitions.ts';
import { grantLines } from './ona/grants.ts';
import { heldLines } from './ona/held.ts';
import { lookAtTables } from './ona/look.ts';
import { type Server, serverLines } from './ona/server.ts';
import { tryToWrite } from './ona/trial.ts';
import { trialLines } from './ona/trial-lines.ts';

const districtLine = (count: number, migrate: string): Line => {
  const wanted = ours().length;
  const line = about('districts of ONA');
  if (count >= wanted) return line.ok(String(count));
  const text = `${count} of ${wanted} in locations_lookup. Cases from other districts have no place`;
  return count === 0
    ? line.problem(text, `Run ${migrate}.`)
    : line.warning(text, `Run ${migrate}.`);
};

const viewLines = (gone: readonly string[], migrate: string): Line[] =>
  gone.length === 0
    ? []
    : [about('views of ONA').warning(`lacks ${gone.join(', ')}`, `Run ${migrate}.`)];

/**
 * Checks whether ONA has all that the jobs need, and tries it: two invented children are written as upsert-cases writes
 * them, and rolled back.
 */
export const checkOna = (ona: OnaCredential, file?: string): Promise<Line[]> =>
  withOna(ona, async (client) => {
    const migrate = `\`${migrateCommand(file)}\``;
    await client.query('BEGIN READ ONLY');
    const { rows } = await client.query<Server>(await readSql('local/check/ona/server.sql'));
    const server = rows[0]!;
    const first = [about('ONA').ok('signed in'), ...serverLines(server, ona)];
    if (server.closed !== null) return first;
    const { found, lacks, views, places, invented, lines } = await lookAtTables(client, migrate);
    const others = [...(await definitionLines(client, migrate)), await loginLine(client)];
    await client.query('ROLLBACK');
    const known = [...first, ...lines, ...grantLines(lacks, found, server.role)];
    const isExplained = known.some(({ level }) => level === 'problem');
    return [
      ...known,
      ...viewLines(views.gone, migrate),
      ...(places ? [districtLine(places.length, migrate)] : []),
      ...others,
      ...(isExplained ? [] : await heldLines(client)),
      ...trialLines(await tryToWrite(client, invented), isExplained),
    ];
  });
