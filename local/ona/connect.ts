import { Client } from 'pg';
import type { OnaCredential } from '../credentials/schema.ts';
import { toOnaError } from './ona-error.ts';

const SIGN_IN_TIMEOUT_MS = 15_000;

/** Where a database is, for messages: no user, no password. */
export const placeOf = ({ host, port, database }: OnaCredential): string =>
  `${host}:${port}/${database}`;

/** The client configuration that language-postgresql makes of the same credential. */
const clientConfig = (ona: OnaCredential) => {
  const { host, port, database, user, password, ssl, allowSelfSignedCert, ca, cert, key } = ona;
  const options = { rejectUnauthorized: !allowSelfSignedCert, ca, cert, key } as object;
  return { host, port, database, user, password, ssl: ssl ? options : false };
};

/**
 * Runs `work` with a connection to ONA and closes it.
 * Throws a `UserError` that names code, table and column, never a value.
 * @example <caption>Count the cases</caption>
 * await withOna(credentials.ona, (client) => client.query('SELECT count(*) FROM cases'));
 */
export const withOna = async <T>(
  ona: OnaCredential,
  work: (client: Client) => Promise<T>,
): Promise<T> => {
  const client = new Client({
    ...clientConfig(ona),
    connectionTimeoutMillis: SIGN_IN_TIMEOUT_MS,
  });
  // Without a listener a connection that drops while idle would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw toOnaError(error, placeOf(ona));
  } finally {
    await client.end().catch(() => {});
  }
};
