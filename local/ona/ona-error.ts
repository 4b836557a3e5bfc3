import { DatabaseError } from 'pg';
import { EXIT, type ExitCode, UserError } from '../user-error.ts';

/** What the person can do about PostgreSQL's commoner refusals, by SQLSTATE. */
const BY_STATE: Record<string, { code: string; text: string; exitCode: ExitCode }> = {
  '28P01': {
    code: 'ONA_SIGN_IN',
    text: 'wrong user or password: correct ona.user and ona.password in the credentials file',
    exitCode: EXIT.usage,
  },
  '28000': {
    code: 'ONA_SIGN_IN',
    text: 'this user may not connect: correct ona.user in the credentials file, or set ona.ssl to true where the server demands TLS',
    exitCode: EXIT.usage,
  },
  '3D000': {
    code: 'ONA_DATABASE_MISSING',
    text: 'no such database: correct ona.database in the credentials file',
    exitCode: EXIT.usage,
  },
  '42501': {
    code: 'ONA_FORBIDDEN',
    text: 'the user lacks a privilege: grant it to ona.user, or use another user',
    exitCode: EXIT.failed,
  },
};

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

/** How Node and `pg` say that TLS did not come about, or that the certificate is none to trust. */
const TLS = /SSL|TLS|CERT|SIGNATURE|EPROTO/i;

/** Why there is no connection, and what to correct. */
const unreachable = (reason: string): string => {
  if (/not support SSL/.test(reason))
    return 'offers no TLS: have it offered, or set ona.ssl to false in the credentials file if the network between is your own';
  if (TLS.test(reason))
    return `cannot be reached by TLS (${reason}): check the certificate, ona.ssl and ona.allowSelfSignedCert, which takes any certificate`;
  return `does not answer (${reason}): check ona.host, ona.port and the network`;
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
    return new UserError('ONA_UNREACHABLE', `ONA at ${place} ${unreachable(reason)}`);
  }
  const known = BY_STATE[error.code ?? ''];
  if (known) return new UserError(known.code, `ONA at ${place}: ${known.text}`, known.exitCode);
  return new UserError(
    'ONA_FAILED',
    `ONA at ${place} refused a statement (${names(error)}): look the code up in PostgreSQL's manual, appendix A`,
  );
};
