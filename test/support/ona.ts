import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client, type QueryResult, type QueryResultRow } from 'pg';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import type { OnaCredential } from '../../local/credentials/schema.ts';
import { migrateClient } from '../../local/ona/migrate.ts';
import { serveOna } from '../../local/ona/serve.ts';
import { inProject } from '../../local/paths.ts';
import { describeFresh, empty, type Fresh } from './fresh-database.ts';
import { serverCredential } from './server-credential.ts';

/** An ONA for tests: migrated, and empty of cases at the start of each test. */
export type TestOna = {
  readonly kind: 'PGlite' | 'PostgreSQL';
  /** As a credentials file has it; for `createRunner`, adaptors, and `withOna`. */
  readonly credentials: OnaCredential;
  /** Runs a statement on a connection of its own kind: kept open for the whole file. */
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<QueryResult<Row>>;
  /** A database that nothing was done to: not even migrated. */
  clear(): Promise<void>;
  /** A migrated database without cases, as each test starts with. */
  reset(): Promise<void>;
};

type Server = { credentials: OnaCredential; close(): Promise<void> };

const cached = inProject('node_modules', '.cache', 'primero-ona-sync');

/**
 * An empty database of PGlite, packed: making one takes seconds, unpacking it half a second.
 * It is made once a checkout.
 */
const packedDatabase = async (): Promise<Blob> => {
  const manifest = inProject('node_modules', '@electric-sql', 'pglite', 'package.json');
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const file = join(cached, `pglite-${version}.tar`);
  const content = await readFile(file).catch(() => null);
  if (content) return new Blob([content]);
  const server = await serveOna({});
  const dump = await server.db.dumpDataDir('none');
  await server.close();
  const unfinished = `${file}.${randomBytes(4).toString('hex')}`;
  await mkdir(cached, { recursive: true });
  await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
  await rename(unfinished, file);
  return dump;
};

/** Puts an empty database into a folder, as the embedded ONA makes one at its first start. */
export const unpackDatabase = async (dataDir: string): Promise<void> => {
  await mkdir(dirname(dataDir), { recursive: true });
  const { close } = await serveOna({ dataDir, loadDataDir: await packedDatabase() });
  await close();
};

const startPGlite = async (): Promise<Server> => {
  const { address, close } = await serveOna({ loadDataDir: await packedDatabase() });
  return { credentials: { ...address, password: 'any' }, close };
};

const withAdmin = async <T>(work: (admin: Client) => Promise<T>): Promise<T> => {
  const admin = new Client({ ...serverCredential(), connectionTimeoutMillis: 3000 });
  try {
    await admin.connect();
    return await work(admin);
  } finally {
    await admin.end().catch(() => {});
  }
};

const startPostgreSQL = async (): Promise<Server> => {
  const database = `ona_test_${randomBytes(6).toString('hex')}`;
  await withAdmin((admin) => admin.query(`CREATE DATABASE ${database} TEMPLATE template0`));
  return {
    credentials: { ...serverCredential(), database },
    close: () =>
      withAdmin(async (admin) => {
        await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
      }),
  };
};

/** A server that the environment names must be there: its tests fail rather than being skipped. */
const postgresAnswers =
  process.env.TEST_DATABASE_URL !== undefined ||
  (await withAdmin(async () => true).catch(() => false));

type Kind = { kind: TestOna['kind']; start: () => Promise<Server>; here: boolean };

const PGLITE: Kind = { kind: 'PGlite', start: startPGlite, here: true };
const POSTGRESQL: Kind = { kind: 'PostgreSQL', start: startPostgreSQL, here: postgresAnswers };

/** `TEST_ONA=both` runs all tests on both: it takes twice as long. */
const runsBoth = process.env.TEST_ONA === 'both';

const prepare = ({ kind, start }: Kind): TestOna => {
  let server: Server | undefined;
  let client: Client | undefined;
  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('ONA is there inside tests and hooks only');
    return value;
  };
  const clear = async () => {
    await started(client).query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  };
  let fresh: Fresh | undefined;
  const reset = async () => {
    const here = started(client);
    if (fresh && (await empty(here, fresh))) return;
    await clear();
    await migrateClient(here);
    fresh = await describeFresh(here);
  };
  beforeAll(async () => {
    server = await start();
    client = new Client(server.credentials);
    client.on('error', () => {});
    await client.connect();
  });
  beforeEach(reset);
  afterAll(async () => {
    await client?.end();
    await server?.close();
  });
  return {
    kind,
    get credentials() {
      return started(server).credentials;
    },
    query: (sql, values) => started(client).query(sql, values),
    clear,
    reset,
  };
};

const describeOn = (kinds: readonly Kind[], title: string, tests: (ona: TestOna) => void): void => {
  for (const kind of kinds)
    describe.skipIf(!kind.here)(`${title} (${kind.kind})`, () => tests(prepare(kind)));
};

/** Runs the same tests on PGlite and on a PostgreSQL server: those that are about SQL. Else as `describeOna`. */
export const describeBoth = (title: string, tests: (ona: TestOna) => void): void =>
  describeOn([PGLITE, POSTGRESQL], title, tests);

/**
 * Runs tests on a PostgreSQL server where there is one, else on PGlite, in a database of their own that is migrated
 * and empty at the start of every test. The server is the one of TEST_DATABASE_URL, else one on localhost:5432
 * (user postgres, no password). `only` is for tests that are about one of the two; where it is not here, they show
 * as skipped.
 * @example <caption>Rows</caption>
 * describeOna('upsert', (ona) => {
 *   test('writes a case', async () => {
 *     const { rows } = await ona.query('SELECT count(*) FROM cases');
 *   });
 * });
 */
export const describeOna = (
  title: string,
  tests: (ona: TestOna) => void,
  { only }: { only?: TestOna['kind'] } = {},
): void => {
  const isPGlite = only ? only === 'PGlite' : !postgresAnswers;
  describeOn(
    runsBoth && !only ? [PGLITE, POSTGRESQL] : [isPGlite ? PGLITE : POSTGRESQL],
    title,
    tests,
  );
};
