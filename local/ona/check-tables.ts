import type { Client } from 'pg';
import type { OnaCredential } from '../credentials/schema.ts';
import { UserError } from '../user-error.ts';
import { placeOf, withOna } from './connect.ts';
import { readSql } from './read-sql.ts';

/** The command that adds what is missing to the ONA of a credentials file. */
export const migrateCommand = (file?: string): string =>
  `npm run -s cli -- migrate${file ? ` --credentials ${file}` : ''}`;

/**
 * Checks that the tables of the migrations are there.
 * @param file path of the credentials file, for the message
 * @throws {UserError} ONA_TABLE_MISSING, exit code 2
 */
export const checkTables = async (
  client: Client,
  ona: OnaCredential,
  file?: string,
): Promise<void> => {
  const tables = await readSql('local/ona/tables.sql');
  const { rows } = await client.query<{ name: string; there: boolean }>(tables);
  const missing = rows.filter(({ there }) => !there).map(({ name }) => name);
  if (missing.length === 0) return;
  const named = missing.length === 1 ? `table ${missing[0]}` : `tables ${missing.join(', ')}`;
  throw new UserError(
    'ONA_TABLE_MISSING',
    `ONA at ${placeOf(ona)} has no ${named}`,
    `run \`${migrateCommand(file)}\``,
  );
};

/**
 * Checks that ONA answers and has the tables of the migrations.
 * Throws a `UserError`: ONA_UNREACHABLE, ONA_SIGN_IN, ONA_TABLE_MISSING, …
 */
export const checkOna = (ona: OnaCredential, file?: string): Promise<void> =>
  withOna(ona, (client) => checkTables(client, ona, file));
