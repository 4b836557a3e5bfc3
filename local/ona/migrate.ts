import type { Client } from 'pg';
import Postgrator from 'postgrator';
import type { OnaCredential } from '../credentials/schema.ts';
import { inProject } from '../paths.ts';
import { UserError } from '../user-error.ts';
import { withOna } from './connect.ts';
import { mend, readThings } from './mend.ts';
import { migrateRefusal } from './migrate-refusal.ts';
import { seedConfig } from './seed.ts';

/** An arbitrary number: two migrations that run at once use it to wait for each other. */
const LOCK = 718_204_113;

/** A step that was done: a migration that was applied, or `mended`; and what it made. */
export type Step = { name: string; made: string[] };

export type MigrateOptions = {
  /** Rolls everything back. */
  dryRun?: boolean;
  /** Looks at the database as it is then, inside of the transaction. */
  look?: (client: Client) => Promise<void>;
};

/** The name of a folder may contain characters that a glob takes for a pattern. */
const escapeGlob = (path: string): string => path.replace(/[?*()[\]{}]/g, '[$&]');

const changed = (error: unknown): UserError =>
  new UserError(
    'MIGRATION_CHANGED',
    `a file in db/migrations differs from the one applied to this database (${(error as Error).message})`,
    `check out the released files, and put changes into a new one`,
  );

/** Does something, and returns what it made. */
const step = async (client: Client, name: string, work: () => Promise<unknown>): Promise<Step> => {
  const before = await readThings(client);
  await work();
  const after = await readThings(client);
  return { name, made: [...after].filter((thing) => !before.has(thing)) };
};

/** Applies the migrations that the database lacks. */
const applyAll = async (client: Client, schema: string): Promise<Step[]> => {
  const postgrator = new Postgrator({
    driver: 'pg',
    migrationPattern: `${escapeGlob(inProject('db', 'migrations'))}/*.sql`,
    schemaTable: 'sync_schema_version',
    currentSchema: schema,
    newline: 'LF',
    execQuery: (sql) => client.query(sql),
  });
  const steps: Step[] = [];
  const current = await postgrator.getDatabaseVersion();
  if (current > 0) await postgrator.validateMigrations(current);
  for (const { version, name } of await postgrator.getMigrations()) {
    if (version <= current) continue;
    const title = `${String(version).padStart(3, '0')} ${name}`;
    steps.push(await step(client, title, () => postgrator.migrate(String(version))));
  }
  return steps;
};

/**
 * Applies the migrations that a connected database lacks, and makes again what it lost of those that it has: all of it, or
 * nothing.
 * @returns what was done, in order; nothing when the database is up to date
 */
export const migrateClient = async (
  client: Client,
  { dryRun = false, look }: MigrateOptions = {},
): Promise<Step[]> => {
  const { rows } = await client.query<{ name: string | null }>('SELECT current_schema() AS name');
  await client.query('BEGIN');
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    const steps = await applyAll(client, rows[0]!.name ?? 'public');
    const mended = await step(client, 'mended', () => mend(client));
    const seeded = await seedConfig(client);
    await look?.(client);
    await client.query(dryRun ? 'ROLLBACK' : 'COMMIT');
    return [
      ...steps,
      ...(mended.made.length > 0 ? [mended] : []),
      ...seeded.map((name) => ({ name, made: [] })),
    ];
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    if (/MD5 checksum/.test(String(error))) throw changed(error);
    throw await migrateRefusal(client, error);
  }
};

/**
 * Brings an ONA database up to date, with what config/ says of places and indicators. On one that already holds cases it
 * adds columns, indexes, tables and views, and changes nothing else; it can be run any number of times.
 * @returns what was done
 */
export const migrate = (ona: OnaCredential, options?: MigrateOptions): Promise<Step[]> =>
  withOna(ona, (client) => migrateClient(client, options));
