import type { Client } from 'pg';
import { readSql } from '../ona/read-sql.ts';
import { about, type Line, some } from './line.ts';

/** The role of those who may read children's records; docs/deploy.md makes it. */
const OFFICER = 'officer';

/** Names logins that can read children's records, other than the owner, the jobs' user and officers. */
export const loginLine = async (client: Client): Promise<Line> => {
  const line = about('logins of ONA');
  const { rows } = await client.query<{ name: string }>(
    await readSql('local/check/sql/other-logins.sql'),
    [OFFICER],
  );
  if (rows.length === 0) return line.ok('nobody else can read cases or services');
  return line.warning(
    `${some(rows.map(({ name }) => name))} can read cases or services`,
    `Revoke the right, or make it a member of the role ${OFFICER} (docs/deploy.md).`,
  );
};
