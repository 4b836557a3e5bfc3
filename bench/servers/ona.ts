import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { OnaCredential } from '../../local/credentials/schema.ts';
import { migrateClient } from '../../local/ona/migrate.ts';
import { startChild } from './child.ts';

/** An ONA of the benchmark's own, migrated; gone once it is dropped. */
export interface BenchOna {
  credential: OnaCredential;
  /** Rows of a statement, on a connection of its own. */
  query(text: string): Promise<Record<string, string>[]>;
  drop(): Promise<void>;
}

/** The server of BENCH_DATABASE_URL, else the one of this machine. */
const serverCredential = (): OnaCredential => {
  const url = process.env.BENCH_DATABASE_URL ?? 'postgresql://postgres@localhost:5432/postgres';
  const { host, port, database, user, password } = new Client({ connectionString: url });
  return { host, port, database: database!, user: user!, password: password ?? '' };
};

const withClient = async <T>(
  credential: OnaCredential,
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const client = new Client({ ...credential, ssl: false });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const queryOn = (credential: OnaCredential) => (text: string) =>
  withClient(credential, async (client) => (await client.query(text)).rows);

const onServer = queryOn(serverCredential());

/** The version of the PostgreSQL server; null where none answers. */
export const serverVersion = async (): Promise<string | null> => {
  const rows = await onServer('SHOW server_version').catch(() => []);
  return rows[0]?.server_version?.split(' ')[0] ?? null;
};

const dropDatabase = (name: string) => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);

const names = new Set<string>();

/** Drops the databases that are there still: for a benchmark that is interrupted. */
export const dropAll = () => Promise.allSettled([...names].map(dropDatabase));

/** An ONA on the server. @param template one to copy, which nobody may be connected to */
const createOnServer = async (template = 'template0'): Promise<BenchOna> => {
  const database = `ona_bench_${randomBytes(6).toString('hex')}`;
  names.add(database);
  await onServer(`CREATE DATABASE ${database} TEMPLATE ${template}`);
  const credential = { ...serverCredential(), database };
  const drop = async () => {
    await dropDatabase(database);
    names.delete(database);
  };
  return { credential, query: queryOn(credential), drop };
};

/** An embedded ONA: what is written to it is all ours. */
export const createEmbedded = async (): Promise<BenchOna> => {
  const child = await startChild<Omit<OnaCredential, 'password'>>('ona-process', {});
  const credential = { ...child.ready, password: 'any' } as OnaCredential;
  await withClient(credential, migrateClient);
  return { credential, query: queryOn(credential), drop: child.stop };
};

/** An ONA on the server where there is one, else an embedded one. */
export const createOna = async (): Promise<BenchOna> => {
  if (!(await serverVersion())) return createEmbedded();
  const ona = await createOnServer();
  await withClient(ona.credential, migrateClient);
  return ona;
};

/** A copy of an ONA on the server. */
export const copyOna = ({ credential }: BenchOna) => createOnServer(credential.database);
