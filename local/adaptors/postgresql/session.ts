import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

/** The credential. `ssl` verifies the server's certificate unless `allowSelfSignedCert`. */
export type Configuration = {
  host: string;
  port?: number | undefined;
  database: string;
  user: string;
  password?: string | undefined;
  ssl?: boolean | undefined;
  allowSelfSignedCert?: boolean | undefined;
  /** PEM texts: the authority to trust, and a certificate and key of our own. */
  ca?: string | undefined;
  cert?: string | undefined;
  key?: string | undefined;
};

/** One client, for one job; `ready` rejects if it could not connect. */
export type Session = { client: pg.Client; ready: Promise<unknown> };

/** A server that answers neither the greeting nor the goodbye is given up after this time. */
const GOODBYE_MS = 2000;

const sessions = new AsyncLocalStorage<Session>();

/** The client of the job that is running. */
export const currentSession = (): Session => {
  const session = sessions.getStore();
  if (!session) throw new Error('No database client: sql() works only in a job, under execute()');
  return session;
};

const open = (configuration: Partial<Configuration> = {}): Session => {
  const { ssl, allowSelfSignedCert, ca, cert, key, ...rest } = configuration;
  const { host, port, database, user, password } = rest;
  const tls = ssl ? { rejectUnauthorized: !allowSelfSignedCert, ca, cert, key } : false;
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    password,
    ssl: tls,
  } as pg.ClientConfig);
  // A connection that breaks between two queries makes the next query fail; it must not end the process.
  client.on('error', () => {});
  const ready = client.connect();
  ready.catch(() => {});
  return { client, ready };
};

const close = async ({ client, ready }: Session): Promise<void> => {
  const goodbye = ready.then(
    () => client.end(),
    () => {},
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, GOODBYE_MS);
  });
  await Promise.race([goodbye.catch(() => {}), late]);
  clearTimeout(timer);
};

/**
 * Runs `work` with its own client. The client is closed at the end and on failure, which rolls back whatever was not
 * committed. Jobs of one process may run at the same time.
 */
export const withSession = async <T>(
  configuration: Partial<Configuration> | undefined,
  work: () => Promise<T>,
): Promise<T> => {
  const session = open(configuration);
  try {
    return await sessions.run(session, work);
  } finally {
    await close(session);
  }
};
