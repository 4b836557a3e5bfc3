import http from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { OnaCredential, PrimeroCredential } from '../local/credentials/schema.ts';
import { createOna, withClient } from './servers/database.ts';

/** What no sync can go below: fetching the pages and throwing them away, copying the rows in. */
export type Floor = { fetchMs: number; copyMs: number; ms: number };

/** As many as a batch has under way. */
const AT_ONCE = 2;

const TABLES = ['cases', 'services'] as const;

const discard = (path: string, base: URL, auth: string, agent: http.Agent): Promise<void> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = base;
    http
      .get({ hostname, port, path, auth, agent }, (response) => {
        response.on('end', resolve).on('error', reject).resume();
      })
      .on('error', reject);
  });

const fetchAll = async ({ url, user, password }: PrimeroCredential, paths: readonly string[]) => {
  const agent = new http.Agent({ keepAlive: true });
  const left = [...paths];
  const fetchNext = async () => {
    for (let path = left.shift(); path; path = left.shift())
      await discard(path, new URL(url), `${user}:${password}`, agent);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, fetchNext));
  agent.destroy();
};

const takeOut = async (client: Client, table: string): Promise<Buffer[]> => {
  const chunks: Buffer[] = [];
  for await (const chunk of client.query(copyTo(`COPY ${table} TO STDOUT`))) chunks.push(chunk);
  return chunks;
};

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/**
 * Fetches the pages that a sync has asked for with Node's own client and throws them away, then copies the rows
 * that it has written into the same tables of another database.
 */
export const measureFloor = async (
  primero: PrimeroCredential,
  synced: OnaCredential,
  paths: readonly string[],
): Promise<Floor> => {
  const content = await withClient(synced, async (client) => ({
    cases: await takeOut(client, 'cases'),
    services: await takeOut(client, 'services'),
  }));
  const fetchMs = await timed(() => fetchAll(primero, paths));
  const ona = await createOna();
  try {
    const copyMs = await withClient(ona.credential, (client) =>
      timed(async () => {
        await client.query('BEGIN');
        for (const table of TABLES)
          await pipeline(
            Readable.from(content[table]),
            client.query(copyFrom(`COPY ${table} FROM STDIN`)),
          );
        await client.query('COMMIT');
      }),
    );
    return { fetchMs, copyMs, ms: fetchMs + copyMs };
  } finally {
    await ona.drop();
  }
};
