import { randomBytes } from 'node:crypto';
import { Client, type QueryResult, type QueryResultRow } from 'pg';
import { credentialOfUrl } from '../../local/ona/credential-of-url.ts';
import { migrateClient } from '../../local/ona/migrate.ts';
import { serveOna } from '../../local/ona/serve.ts';

/** The ONA of a simulation. */
export type Database = {
  isPGlite: boolean;
  credentials: { host: string; port: number; database: string; user: string; password: string };
  query<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<QueryResult<Row>>;
  /** Takes everything out that histories put in. */
  empty(): Promise<void>;
  /** Resolves once PostgreSQL has noticed that a connection from this port is gone. */
  forgets(clientPort: number | undefined): Promise<void>;
  close(): Promise<void>;
};

const TABLES =
  'cases, services, sync_batches, sync_reopened, sync_rejects, sync_surplus, sync_proofs';

const CONNECTIONS = `
SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND client_port = $1`;

const connect = async (credentials: Database['credentials']): Promise<Client> => {
  const client = new Client({ ...credentials, connectionTimeoutMillis: 5000 });
  client.on('error', () => {});
  await client.connect();
  return client;
};

const prepare = async (
  credentials: Database['credentials'],
  isPGlite: boolean,
  drop: () => Promise<void>,
): Promise<Database> => {
  const client = await connect(credentials);
  await migrateClient(client);
  return {
    isPGlite,
    credentials,
    query: (sql, values) => client.query(sql, values),
    empty: async () => {
      await client.query(
        TABLES.split(', ')
          .map((table) => `DELETE FROM ${table}`)
          .join(';'),
      );
    },
    forgets: async (clientPort) => {
      // PGlite takes the next statement only when the one before is over.
      if (isPGlite) return void (await client.query('SELECT 1'));
      if (clientPort === undefined) return;
      while ((await client.query(CONNECTIONS, [clientPort])).rows[0].n > 0)
        await new Promise((resolve) => setTimeout(resolve, 1));
    },
    close: async () => {
      await client.end();
      await drop();
    },
  };
};

/** An embedded PGlite. */
export const openPGlite = async (): Promise<Database> => {
  const { address, close } = await serveOna({ relaxedDurability: true });
  return prepare({ ...address, password: 'any' }, true, close);
};

/** A database of its own on the server of TEST_DATABASE_URL, else of localhost:5432 (user postgres). */
export const openPostgreSQL = async (): Promise<Database> => {
  const server = credentialOfUrl(process.env.TEST_DATABASE_URL);
  const database = `ona_simulation_${randomBytes(6).toString('hex')}`;
  const admin = await connect(server);
  await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`);
  // Commits need not be on disk: histories kill runs, not the server.
  await admin.query(`ALTER DATABASE ${database} SET synchronous_commit = off`);
  return prepare({ ...server, database }, false, async () => {
    await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await admin.end();
  });
};
