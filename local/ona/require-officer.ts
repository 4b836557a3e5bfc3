import type { Client } from 'pg';
import { UserError } from '../user-error.ts';

/** Whether the login may read a table or view; false where that is not there. */
export const mayRead = async (client: Client, relation: string): Promise<boolean> => {
  const { rows } = await client.query<{ may: boolean | null }>(
    "SELECT has_table_privilege(to_regclass($1), 'SELECT') AS may",
    [relation],
  );
  return rows[0]!.may === true;
};

/**
 * Refuses a login that may not read what only officers may.
 * @param relation the table or view
 * @param what begins the message, such as `the list of cases is`
 * @throws {UserError} OFFICERS_ONLY
 */
export const requireOfficer = async (
  client: Client,
  relation: string,
  what: string,
): Promise<void> => {
  if (await mayRead(client, relation)) return;
  const { rows } = await client.query<{ login: string }>('SELECT current_user AS login');
  throw new UserError('OFFICERS_ONLY', `${what} for officers only, and ${rows[0]!.login} is none`);
};
