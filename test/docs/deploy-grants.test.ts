import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrate } from '../../local/ona/migrate.ts';
import { SHAPE } from '../../local/ona/shape.ts';
import { inProject } from '../../local/paths.ts';
import { startPrimero } from '../../local/primero/index.ts';
import { CENSUS } from '../../local/sync/input.ts';
import { testChain } from '../support/chain.ts';
import { describeOna } from '../support/ona.ts';

const page = await readFile(inProject('docs', 'deploy.md'), 'utf8');
const sql = [...page.matchAll(/```sql\n([\s\S]*?)```/g)]
  .map(([, text]) => text!)
  .find((text) => text.includes('CREATE ROLE primero_ona_sync'))!;

type Grant = { table: string; privilege: string };

/** The grants on tables, as the page gives them. */
const granted = (): Grant[] =>
  [...sql.matchAll(/^GRANT ([A-Z, ]+) ON (?!SCHEMA)([\w, ]+) TO/gm)].flatMap(
    ([, privileges, tables]) =>
      tables!
        .split(', ')
        .flatMap((table) => privileges!.split(', ').map((privilege) => ({ table, privilege }))),
  );

const sorted = (grants: Grant[]) =>
  grants.map(({ table, privilege }) => `${privilege} ${table}`).sort();

/** Every statement that the jobs send, by its file. */
const statements = async (): Promise<[string, string][]> => {
  const folder = inProject('jobs');
  const files = (await readdir(folder, { recursive: true })).filter((name) =>
    name.endsWith('.sql'),
  );
  return Promise.all(
    files.map(
      async (name): Promise<[string, string]> => [
        basename(name),
        await readFile(`${folder}/${name}`, 'utf8'),
      ],
    ),
  );
};

test('The page gives what `check` asks for, and nothing else', () => {
  const wanted = Object.entries(SHAPE).flatMap(([table, { privileges }]) =>
    privileges.map((privilege) => ({ table, privilege })),
  );
  expect(sorted(granted())).toEqual(sorted(wanted));
});

describeOna(
  'the grants of docs/deploy.md',
  (ona) => {
    /** The roles of the page under names of their own: roles are the server's, not the database's. */
    const withRoles = async (
      work: (roles: Record<'owner' | 'user', typeof ona.credentials>) => Promise<void>,
    ) => {
      const suffix = randomBytes(4).toString('hex');
      const [owner, user] = [`owner_${suffix}`, `primero_ona_sync_${suffix}`];
      const as = (name: string) => ({ ...ona.credentials, user: name, password: 'choose-one' });
      await ona.clear();
      await ona.query(`CREATE ROLE ${owner} LOGIN PASSWORD 'choose-one'`);
      await ona.query(`GRANT CREATE, USAGE ON SCHEMA public TO ${owner}`);
      try {
        await migrate(as(owner));
        await ona.query(sql.replaceAll('primero_ona_sync', user));
        await work({ owner: as(owner), user: as(user) });
      } finally {
        await ona.query(`DROP OWNED BY ${user}`);
        await ona.query(`DROP ROLE ${user}`);
        await ona.query(`DROP OWNED BY ${owner} CASCADE`);
        await ona.query(`DROP ROLE ${owner}`);
      }
    };

    test('With them the jobs run a whole sync, on tables that another user made', () =>
      withRoles(async ({ user }) => {
        const primero = await startPrimero({ cases: 300 });
        const { sync } = await testChain(primero, user);
        try {
          expect((await sync(CENSUS)).last?.summary).toMatchObject({ state: 'complete' });
          expect((await sync(CENSUS)).last?.summary).toMatchObject({ state: 'complete' });
        } finally {
          await primero.close();
        }
      }));

    test('With them every statement is allowed, and without any one of them some is not', () =>
      withRoles(async ({ user }) => {
        const client = new Client(user);
        await client.connect();
        const refused = async (): Promise<string[]> => {
          const names: string[] = [];
          for (const [name, text] of await statements()) {
            const count = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n)));
            const nulls = count === 0 ? '' : `(${Array(count).fill('NULL').join(', ')})`;
            await client.query('DEALLOCATE ALL');
            await client.query(`PREPARE s AS ${text}`);
            // Who may do what is looked at when a plan starts: EXPLAIN starts it, and runs nothing.
            await client.query(`EXPLAIN EXECUTE s${nulls}`).catch((error) => {
              if (error.code !== '42501') throw error;
              names.push(name);
            });
          }
          return names;
        };
        try {
          expect((await statements()).length).toBeGreaterThan(14);
          expect(await refused()).toEqual([]);
          for (const { table, privilege } of granted()) {
            await ona.query(`REVOKE ${privilege} ON ${table} FROM ${user.user}`);
            expect(await refused(), `${privilege} on ${table} is not needed`).not.toEqual([]);
            await ona.query(`GRANT ${privilege} ON ${table} TO ${user.user}`);
          }
        } finally {
          await client.end();
        }
      }));

    test('They allow nothing else: no table of others, no new one, no emptying', () =>
      withRoles(async ({ owner, user }) => {
        await ona.query(`CREATE TABLE other AS SELECT 1 AS a`);
        const client = new Client(user);
        await client.connect();
        try {
          for (const forbidden of [
            'SELECT * FROM other',
            'SELECT * FROM sync_schema_version',
            'UPDATE locations_lookup SET district = NULL',
            'DELETE FROM sync_batches',
            'TRUNCATE cases',
            'CREATE TABLE mine (a integer)',
            `SET ROLE ${owner.user}`,
          ])
            await expect(client.query(forbidden), forbidden).rejects.toMatchObject({
              code: '42501',
            });
        } finally {
          await client.end();
          await ona.query('DROP TABLE other');
        }
      }));
  },
  { only: 'PostgreSQL' },
);
