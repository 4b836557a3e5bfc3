import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { OnaCredential } from '../../local/credentials/schema.ts';
import { credentialOfUrl } from '../../local/ona/credential-of-url.ts';
import { migrate } from '../../local/ona/migrate.ts';
import type { OnaAddress } from '../../local/ona/serve.ts';
import { startChild } from '../../local/sync/child-process.ts';

/** A migrated ONA of a benchmark's own, gone when it is dropped. */
export type BenchOna = {
  kind: 'PostgreSQL' | 'PGlite';
  credential: OnaCredential;
  drop(): Promise<void>;
};

const serverCredential = (): OnaCredential => credentialOfUrl(process.env.BENCH_DATABASE_URL);

/** Runs `work` with a connection that is closed at its end. */
export const withClient = async <T>(
  credential: OnaCredential,
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const { host, port, database, user, password } = credential;
  const client = new Client({ host, port, database, user, password });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** The version of the PostgreSQL server that the benchmarks use; null where none answers. */
export const serverVersion = (): Promise<string | null> =>
  withClient(serverCredential(), async (client) => {
    const { rows } = await client.query('SHOW server_version');
    return String(rows[0].server_version).split(' ')[0]!;
  }).catch(() => null);

const onServer = async (): Promise<BenchOna> => {
  const admin = serverCredential();
  const database = `ona_bench_${randomBytes(6).toString('hex')}`;
  await withClient(admin, (client) =>
    client.query(`CREATE DATABASE ${database} TEMPLATE template0`),
  );
  return {
    kind: 'PostgreSQL',
    credential: { ...admin, database },
    drop: () =>
      withClient(admin, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
      }),
  };
};

const embedded = async (): Promise<BenchOna> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'ona-bench-'));
  const child = await startChild<OnaAddress>('ona-server', 'the embedded ONA', { dataDir });
  return {
    kind: 'PGlite',
    credential: { ...child.ready, password: 'local' },
    drop: async () => {
      await child.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
};

const created = new Set<Promise<BenchOna>>();

/** Makes an empty, migrated database: on the server of BENCH_DATABASE_URL or localhost, else PGlite. */
export const createOna = async (): Promise<BenchOna> => {
  const creating = ((await serverVersion()) ? onServer : embedded)();
  created.add(creating);
  const ona = await creating;
  await migrate(ona.credential);
  return {
    ...ona,
    drop: async () => {
      created.delete(creating);
      await ona.drop();
    },
  };
};

/** Drops those that are there still: for a benchmark that is interrupted. */
export const dropAll = () =>
  Promise.allSettled([...created].map(async (creating) => (await creating).drop()));
