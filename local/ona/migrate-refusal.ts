import type { Client, DatabaseError } from 'pg';
import { UserError } from '../user-error.ts';
import { readSql } from './read-sql.ts';
import { SHAPE } from './shape.ts';

type Owners = { role: string; schema: string | null; mayCreate: boolean; owners: string[] };

const FORBIDDEN = '42501';
const NO_SCHEMA = '3F000';
const DOUBLED = '23505';

/** What the user may not do, and who may grant it. */
const forbidden = ({ role, schema, mayCreate, owners }: Owners): string => {
  if (schema === null)
    return `the user ${role} has no schema to make tables in: as an administrator run \`ALTER ROLE ${role} SET search_path = SCHEMA;\` with the name of ONA's schema, and grant USAGE and CREATE on it`;
  if (owners.length > 0)
    return `tables of ONA belong to ${owners.join(', ')}, not to ${role}: sign in as the owner, or run \`GRANT ${owners[0]} TO ${role};\``;
  if (!mayCreate)
    return `the user ${role} may make nothing in the schema ${schema}: as its owner run \`GRANT USAGE, CREATE ON SCHEMA ${schema} TO ${role};\``;
  return `the user ${role} lacks a privilege: sign in as the owner of the tables`;
};

/** The columns of `Key (case_id)=(…) is duplicated`, without the values. */
const columnsOf = ({ detail = '' }: DatabaseError): string =>
  /^Key \(([\w, ]+)\)=/.exec(detail)?.[1] ?? 'the key';

/** An error of a migration, with what to do about it if that is known; otherwise the error as it is. */
export const migrateRefusal = async (client: Client, error: unknown): Promise<unknown> => {
  const { code, table } = Object(error) as DatabaseError;
  if (code === FORBIDDEN || code === NO_SCHEMA) {
    const sql = await readSql('local/ona/owners.sql');
    const { rows } = await client.query<Owners>(sql, [Object.keys(SHAPE)]);
    return new UserError('ONA_FORBIDDEN', `nothing was changed`, `${forbidden(rows[0]!)}`);
  }
  if (code === DOUBLED && table) {
    const columns = columnsOf(error as DatabaseError);
    return new UserError(
      'ONA_FAILED',
      `nothing was changed, as rows of ${table} have the same ${columns}`,
      `find them with \`SELECT ${columns}, count(*) FROM ${table} GROUP BY ${columns} HAVING count(*) > 1;\`, and keep one of each`,
    );
  }
  return error;
};
