import type { OnaCredential } from '../credentials/schema.ts';

/**
 * The credential that a PostgreSQL URL stands for.
 * @param text such as `postgresql://user:password@host:5432/database`; on the server of this machine when absent
 */
export const credentialOfUrl = (text = 'postgresql://postgres@localhost:5432/'): OnaCredential => {
  const url = new URL(text);
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    database: url.pathname.slice(1) || 'postgres',
    user: decodeURIComponent(url.username || 'postgres'),
    password: decodeURIComponent(url.password),
  };
};
