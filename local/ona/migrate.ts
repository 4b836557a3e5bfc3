import type { Client } from 'pg';
import Postgrator from 'postgrator';
import type { OnaCredential } from '../credentials/schema.ts';
import { inProject } from '../paths.ts';
import { UserError } from '../user-error.ts';
import { withOna } from './connect.ts';
import { seedConfig } from './seed.ts';

/** Any number: two migrations at once wait for each other on it. */
const LOCK = 718_204_113;

/** A folder's name may hold what a glob takes as a pattern. */
const escapeGlob = (path: string): string => path.replace(/[?*()[\]{}]/g, '[$&]');

const changed = (error: unknown): UserError =>
  new UserError(
    'MIGRATION_CHANGED',
    `a file in db/migrations differs from the one applied to this database (${(error as Error).message}): check out the released files, and put changes into a new one`,
  );

/**
 * Applies the migrations that a connected database lacks, and what config/ says of places and indicators: all of it or
 * nothing.
 * @returns names of the migrations and files that changed something, in order; none when the database is up to date
 */
export const migrateClient = async (client: Client): Promise<string[]> => {
  const schema = await client.query('SELECT current_schema() AS name');
  const postgrator = new Postgrator({
    driver: 'pg',
    migrationPattern: `${escapeGlob(inProject('db', 'migrations'))}/*.sql`,
    schemaTable: 'sync_schema_version',
    currentSchema: String(schema.rows[0]?.name ?? 'public'),
    newline: 'LF',
    execQuery: (sql) => client.query(sql),
  });
  await client.query('BEGIN');
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    const applied = await postgrator.migrate();
    const seeded = await seedConfig(client);
    await client.query('COMMIT');
    const names = applied.map(({ version, name }) => `${String(version).padStart(3, '0')} ${name}`);
    return [...names, ...seeded];
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    if (/MD5 checksum/.test(String(error))) throw changed(error);
    throw error;
  }
};

/**
 * Brings an ONA database up to date. On one that already holds cases it adds columns, indexes and
 * tables, and changes nothing else; it can be run any number of times.
 * @returns names of the migrations and files of config/ that changed something
 */
export const migrate = (ona: OnaCredential): Promise<string[]> => withOna(ona, migrateClient);
