import type { OnaCredential } from '../../credentials/schema.ts';
import { about, type Line } from '../line.ts';

/** A row of server.sql. */
export type Server = {
  version: string;
  number: number;
  encoding: string;
  encrypted: boolean;
  role: string;
  database: string;
  readOnly: boolean;
  standby: boolean;
  closed: string | null;
  elsewhere: string | null;
};

/** PostgreSQL 14 is the first version with range_agg, which computes the coverage. */
const OLDEST_VERSION = 140_000;

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|::1|\/.*)$/;

/** A schema that the user may not use, or does not look into. */
const schemaLines = ({ closed, elsewhere, role, database }: Server): Line[] => {
  if (closed !== null)
    return [
      about('grants of ONA').problem(
        `lacks USAGE on the schema ${closed}`,
        "As the schema's owner, run this, then check again:",
        [`GRANT USAGE ON SCHEMA "${closed}" TO ${role};`],
      ),
    ];
  if (elsewhere === null) return [];
  return [
    about('schema of ONA').problem(
      `there is a table cases in the schema ${elsewhere}, which is not in the search_path of the user`,
      "If it is ONA's, run this as an administrator, and check again:",
      [`ALTER ROLE ${role} IN DATABASE ${database} SET search_path = ${elsewhere};`],
    ),
  ];
};

const readOnlyLines = ({ standby, readOnly, role, database }: Server): Line[] => {
  const line = about('writing to ONA');
  if (standby)
    return [
      line.problem(
        'it is a standby, which only copies another server (25006)',
        'Set ona.host to the server that it copies.',
      ),
    ];
  if (!readOnly) return [];
  return [
    line.problem(
      'the user, the database or the server is set to read-only (25006)',
      'Ask who did this. Some servers do it when their disk is full. If nobody needs it, run this as an administrator:',
      [`ALTER ROLE ${role} IN DATABASE ${database} SET default_transaction_read_only = off;`],
    ),
  ];
};

/** What there is to say about the server itself, and whether anything else can be checked. */
export const serverLines = (server: Server, { host }: OnaCredential): Line[] => {
  const version = about('version of ONA');
  const text = `PostgreSQL ${server.version}`;
  const lines = [
    server.number < OLDEST_VERSION
      ? version.problem(text, 'Ask for an upgrade to PostgreSQL 14 or later.')
      : version.ok(text),
  ];
  if (server.encoding !== 'UTF8')
    lines.push(
      about('encoding of ONA').problem(
        server.encoding,
        'Create the database with the encoding UTF8.',
      ),
    );
  if (!server.encrypted && !LOCAL.test(host))
    lines.push(
      about('connection to ONA').warning(
        "not encrypted: children's data can be read on the way",
        'Set ona.ssl to true, and make the server require it.',
      ),
    );
  return [...lines, ...schemaLines(server), ...readOnlyLines(server)];
};
