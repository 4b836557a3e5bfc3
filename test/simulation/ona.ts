import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { OnaCredential } from '../../local/credentials/schema.ts';
import { migrateClient } from '../../local/ona/migrate.ts';
import { serveOna } from '../../local/ona/serve.ts';
import { serverCredential } from '../support/server-credential.ts';

/** A longer code of a place than this is no value for ONA: a column may have a rule of its own. */
export const LONGEST_PLACE = 30;

const CLIENTS = 5;

const connect = async (credentials: OnaCredential): Promise<Client> => {
  const client = new Client(credentials);
  client.on('error', () => {});
  await client.connect();
  await client.query("SET TimeZone = 'UTC'");
  return client;
};

// biome-ignore lint/suspicious/noExplicitAny: rows are as the statement makes them
type Rows = any[];

/** An ONA for histories: a database of its own, and connections that runs borrow. */
export class Ona {
  readonly isServer: boolean;
  readonly #observer: Client;
  readonly #free: Client[];
  readonly #end: () => Promise<void>;

  constructor(isServer: boolean, observer: Client, free: Client[], end: () => Promise<void>) {
    this.isServer = isServer;
    this.#observer = observer;
    this.#free = free;
    this.#end = end;
  }

  /** Rows as everyone but the runs sees them. */
  async query(text: string, values: unknown[] = []): Promise<Rows> {
    return (await this.#observer.query(text, values)).rows;
  }

  lend(): Client {
    if (!this.isServer) return this.#observer;
    const client = this.#free.pop();
    if (!client) throw new Error('Simulation: too many runs at once');
    return client;
  }

  /** Takes a connection back; what was not committed is rolled back, as where a connection ends. */
  async takeBack(client: Client): Promise<void> {
    if (client.getTransactionStatus() !== 'I') await client.query('ROLLBACK');
    if (this.isServer) this.#free.push(client);
  }

  /** Empties all tables of the sync, and the dashboard's. Rows that were only deleted would slow down each later scan. */
  async empty(): Promise<void> {
    await this.#observer.query(
      'TRUNCATE sync_rejects, syncs, case_indicators, services, cases, figure_sets, figure_changes CASCADE',
    );
  }

  async close(): Promise<void> {
    await Promise.all(
      [this.#observer, ...this.#free].map((client) => client.end().catch(() => {})),
    );
    await this.#end();
  }
}

const open = async (
  credentials: OnaCredential,
  isServer: boolean,
  end: () => Promise<void>,
): Promise<Ona> => {
  const observer = await connect(credentials);
  await migrateClient(observer);
  await observer.query(
    `ALTER TABLE cases ADD CONSTRAINT short_place CHECK (length(location_code) <= ${LONGEST_PLACE})`,
  );
  // PGlite has one session for all: the observer's.
  const clients = isServer ? CLIENTS : 0;
  const free = await Promise.all(Array.from({ length: clients }, () => connect(credentials)));
  return new Ona(isServer, observer, free, end);
};

/** A database of its own on the PostgreSQL server of this machine, or of TEST_DATABASE_URL; null where there is none. */
const openServer = async (): Promise<Ona | null> => {
  const credentials = serverCredential();
  const admin = new Client({ ...credentials, connectionTimeoutMillis: 3000 });
  try {
    await admin.connect();
  } catch {
    return null;
  }
  const database = `ona_simulation_${randomBytes(6).toString('hex')}`;
  await admin.query(`CREATE DATABASE ${database} TEMPLATE template0`);
  // A history need not survive this machine.
  await admin.query(`ALTER DATABASE ${database} SET synchronous_commit = off`);
  return open({ ...credentials, database }, true, async () => {
    await admin.query(`DROP DATABASE ${database} WITH (FORCE)`);
    await admin.end();
  });
};

/** The embedded ONA: one connection, so its histories have one run at a time. */
export const openEmbedded = async (): Promise<Ona> => {
  const { address, close } = await serveOna({});
  return open({ ...address, password: 'any' }, false, close);
};

export const openOna = async (): Promise<Ona> => (await openServer()) ?? openEmbedded();
