import { Client } from 'pg';
import type { OnaCredential } from '../../local/credentials/schema.ts';

/** The PostgreSQL server of TEST_DATABASE_URL, else the one on this machine. */
export const serverCredential = (): OnaCredential => {
  const { TEST_DATABASE_URL: connectionString = 'postgresql://postgres@localhost:5432/postgres' } =
    process.env;
  const { host, port, database, user, password } = new Client({ connectionString });
  return { host, port, database: database!, user: user!, password: password ?? '' };
};
