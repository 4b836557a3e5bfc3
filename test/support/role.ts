import { randomBytes } from 'node:crypto';
import type { OnaCredential } from '../../local/credentials/schema.ts';
import type { TestOna } from './ona.ts';

/** Makes a role that may do nothing, for as long as the work takes. Roles are the server's: its name is its own. */
export const withRole = async (
  ona: TestOna,
  work: (user: OnaCredential) => Promise<void>,
): Promise<void> => {
  const user = `role_${randomBytes(4).toString('hex')}`;
  await ona.query(`CREATE ROLE ${user} LOGIN PASSWORD 'secret'`);
  try {
    await work({ ...ona.credentials, user, password: 'secret' });
  } finally {
    await ona.query(`DROP OWNED BY ${user} CASCADE`);
    await ona.query(`DROP ROLE ${user}`);
  }
};

/** Does something as a role. PGlite has one session, which takes the role on for the moment. */
export const actAs = async <T>(
  ona: TestOna,
  user: OnaCredential,
  work: (credentials: OnaCredential) => Promise<T>,
): Promise<T> => {
  if (ona.kind === 'PostgreSQL') return work(user);
  await ona.query(`SET ROLE ${user.user}`);
  try {
    return await work(ona.credentials);
  } finally {
    await ona.query('RESET ROLE');
  }
};

/** Makes a schema the one that connections look into, for as long as the work takes. */
export const inSchema = async (
  ona: TestOna,
  schema: string,
  work: () => Promise<void>,
): Promise<void> => {
  const { rows } = await ona.query<{ database: string }>(
    'SELECT quote_ident(current_database()) AS database',
  );
  const [{ database }] = rows as [{ database: string }];
  await ona.query(`CREATE SCHEMA ${schema}`);
  await ona.query(`ALTER DATABASE ${database} SET search_path = ${schema}`);
  await ona.query(`SET search_path = ${schema}`);
  try {
    await work();
  } finally {
    await ona.query(`ALTER DATABASE ${database} RESET search_path`);
    await ona.query('RESET search_path');
    await ona.query(`DROP SCHEMA ${schema} CASCADE`);
  }
};
