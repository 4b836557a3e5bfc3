import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { OnaCredential } from '../../local/credentials/schema.ts';
import { inProject } from '../../local/paths.ts';
import type { TestOna } from './ona.ts';

const PASSWORDS = { dashboard: 'choose-another', officer: 'choose-a-third' };

/**
 * Makes the roles `dashboard` and `officer` as docs/deploy.md does, for as long as the work takes. Roles are the server's, not
 * the database's: so their names are their own.
 */
export const withDeployRoles = async (
  ona: TestOna,
  work: (roles: Record<keyof typeof PASSWORDS, OnaCredential>) => Promise<void>,
): Promise<void> => {
  const page = await readFile(inProject('docs', 'deploy.md'), 'utf8');
  const sql = [...page.matchAll(/```sql\n([\s\S]*?)```/g)]
    .map(([, text]) => text!)
    .find((text) => text.includes('CREATE ROLE dashboard'))!;
  const suffix = randomBytes(4).toString('hex');
  const as = (role: keyof typeof PASSWORDS) => {
    return { ...ona.credentials, user: `${role}_${suffix}`, password: PASSWORDS[role] };
  };
  const roles = { dashboard: as('dashboard'), officer: as('officer') };
  await ona.query(
    sql
      .replaceAll(/\bdashboard\b/g, roles.dashboard.user)
      .replaceAll(/\bofficer\b/g, roles.officer.user),
  );
  try {
    await work(roles);
  } finally {
    for (const { user } of Object.values(roles))
      await ona.query(`DROP OWNED BY ${user}; DROP ROLE ${user}`);
  }
};
