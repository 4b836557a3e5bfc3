import { setTimeout } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { wholeSequences } from './whole-sequences.ts';

export type OnaAddress = { host: string; port: number; database: string; user: string };

export type ServeOptions = {
  /** Folder of the database; without one it is kept in memory. */
  dataDir?: string;
  /** A free port is taken when this is 0 or absent. */
  port?: number;
  /** Answer before a commit is on disk: faster, and a power cut may lose it. Default false. */
  relaxedDurability?: boolean;
  /** Content of a database to start from, as `dumpDataDir` gives it. */
  loadDataDir?: Blob;
  /** Called when PGlite fails inside; then nothing answers any more. */
  onBroken?: (error: unknown) => void;
};

const HOST = '127.0.0.1';
const MAX_CONNECTIONS = 50;

/** For open connections to end, ms: one that comes just then is never closed by the socket server, which waits for it. */
const STOP_MS = 1000;

/**
 * Starts the embedded ONA: PGlite, for `pg` like any PostgreSQL server on localhost.
 * It has one session that connections take turns on, a transaction or statement at a time.
 */
export const serveOna = async (options: ServeOptions) => {
  const { dataDir, port = 0, relaxedDurability = false, loadDataDir, onBroken } = options;
  const db = new PGlite({
    dataDir: dataDir ?? 'memory://',
    relaxedDurability,
    ...(loadDataDir && { loadDataDir }),
  });
  await db.waitReady;
  const server = new PGLiteSocketServer({
    db: wholeSequences(db, onBroken ?? (() => {})),
    host: HOST,
    port,
    maxConnections: MAX_CONNECTIONS,
  });
  try {
    await server.start();
  } catch (error) {
    await db.close();
    throw error;
  }
  const address: OnaAddress = {
    host: HOST,
    port: Number(server.getServerConn().split(':').at(-1)),
    database: 'postgres',
    user: 'postgres',
  };
  const close = async () => {
    await Promise.race([server.stop(), setTimeout(STOP_MS)]);
    await db.close();
  };
  return { db, address, close };
};
