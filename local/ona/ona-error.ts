import { DatabaseError } from 'pg';
import type { Code } from '../errors/registry.ts';
import { UserError } from '../user-error.ts';

/** What PostgreSQL's more common refusals mean, by SQLSTATE or by how it begins. ONA_FAILED stands for all others. */
const BY_STATE: readonly [state: string, code: Code, what: string, next?: string][] = [
  [
    '28P01',
    'ONA_SIGN_IN',
    'wrong user or password',
    'correct ona.user and ona.password in the credentials file',
  ],
  [
    '28',
    'ONA_SIGN_IN',
    'this user may not connect',
    'correct ona.user in the credentials file, or set ona.ssl to true where the server demands TLS',
  ],
  [
    '3D000',
    'ONA_DATABASE_MISSING',
    'no such database',
    'correct ona.database in the credentials file',
  ],
  ['42501', 'ONA_FORBIDDEN', 'the user lacks a privilege', 'grant it to ona.user'],
  [
    '25006',
    'ONA_READ_ONLY',
    'it takes no writing (25006): the user, the database or the server is read-only',
  ],
  ['42P01', 'ONA_TABLE_MISSING', 'a table is not there (42P01)', 'run `migrate`'],
  ['42703', 'ONA_TABLE_MISSING', 'a column is not there (42703)', 'run `migrate`'],
  ['42883', 'ONA_TYPE_WRONG', 'a column is of another type than the sync takes (42883)'],
  ['42804', 'ONA_TYPE_WRONG', 'a column is of another type than the sync takes (42804)'],
  ['53100', 'ONA_DISK_FULL', 'its disk is full (53100)'],
  [
    '53300',
    'ONA_BUSY',
    'it takes no more connections (53300)',
    'close some, or have max_connections raised, and run again',
  ],
  ['57P03', 'ONA_BUSY', 'it is starting or stopping (57P03)', 'run again in a minute'],
  ['57P', 'ONA_UNREACHABLE', 'it ended the connection', 'run again when it is up'],
  ['55P03', 'ONA_BUSY', 'another transaction holds a lock (55P03)', 'run again when it is over'],
  ['40', 'ONA_BUSY', 'another transaction was in the way', 'run again'],
  ['57014', 'ONA_BUSY', 'a time limit of the server ended a statement (57014)', 'run again'],
];

/** Names, never values: PostgreSQL puts the failing row into `detail` and `where`. */
const names = (error: DatabaseError): string => {
  const parts = [error.code, error.schema, error.table, error.column, error.constraint];
  return parts.filter((part) => part !== undefined).join(' ');
};

/** What a client says when there is no server, no TLS, or no longer a connection. */
const reasonOf = (error: unknown): string | null => {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return code;
  const text = String(message);
  return /connection|timeout|SSL|TLS|certificate/i.test(text) ? text : null;
};

/** How Node and `pg` say that TLS failed, or that the certificate cannot be trusted. */
const TLS = /SSL|TLS|CERT|SIGNATURE|EPROTO/i;

/** Why there is no connection, and what to correct. */
const unreachable = (reason: string): [what: string, next: string] => {
  if (/not support SSL/.test(reason))
    return [
      'offers no TLS',
      'have it offered, or set ona.ssl to false in the credentials file if the network in between is private',
    ];
  if (TLS.test(reason))
    return [
      `cannot be reached by TLS (${reason})`,
      'check the certificate, ona.ssl and ona.allowSelfSignedCert, which takes any certificate',
    ];
  return [`does not answer (${reason})`, 'check ona.host, ona.port and the network'];
};

/**
 * An error of a database client as one line without values; any other error as it is.
 * @param place where the database is, such as `localhost:5432/ona`
 */
export const toOnaError = (error: unknown, place: string): unknown => {
  if (error instanceof UserError) return error;
  if (!(error instanceof DatabaseError)) {
    const reason = reasonOf(error);
    if (reason === null) return error;
    const [what, next] = unreachable(reason);
    return new UserError('ONA_UNREACHABLE', `ONA at ${place} ${what}`, next);
  }
  const known = BY_STATE.find(([state]) => error.code?.startsWith(state));
  if (!known)
    return new UserError(
      'ONA_FAILED',
      `ONA at ${place} refused a statement (${names(error)})`,
      "look the code up in PostgreSQL's manual, appendix A",
    );
  const [, code, what, next] = known;
  return new UserError(code, `ONA at ${place}: ${what}`, next);
};
