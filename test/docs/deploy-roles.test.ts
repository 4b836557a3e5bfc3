import { Client } from 'pg';
import { expect, test } from 'vitest';
import { checkOna } from '../../local/check/ona.ts';
import type { OnaCredential } from '../../local/credentials/schema.ts';
import { addChildren } from '../db/children.ts';
import { drawnChildren } from '../db/drawn-children.ts';
import { withDeployRoles } from '../support/deploy-roles.ts';
import { describeOna } from '../support/ona.ts';

/** Signs in as a role, and gives what `work` makes of it. */
const signedIn = async <T>(
  user: OnaCredential,
  work: (client: Client, notices: string[]) => Promise<T>,
): Promise<T> => {
  const client = new Client(user);
  const notices: string[] = [];
  client.on('notice', ({ message = '' }) => notices.push(message));
  await client.connect();
  try {
    return await work(client, notices);
  } finally {
    await client.end();
  }
};

const SAFE = [
  'data_freshness',
  'indicator_4_11a_served_summary',
  'indicator_4_11a_summary',
  'indicator_4_8_placements',
  'indicator_4_8_summary',
  'indicator_definitions',
  'indicator_provinces',
];

describeOna(
  'the roles of docs/deploy.md',
  (ona) => {
    const relations = async () => {
      const { rows } = await ona.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') ORDER BY relname`,
      );
      return rows.map(({ name }) => name);
    };
    const readable = async (client: Client) => {
      const names: string[] = [];
      for (const name of await relations()) {
        const isRefused = await client.query(`SELECT * FROM ${name} LIMIT 1`).then(
          () => false,
          ({ code }) => code === '42501',
        );
        if (!isRefused) names.push(name);
      }
      return names.sort();
    };

    test('dashboard reads what may be published, and nothing else', () =>
      withDeployRoles(ona, async ({ dashboard }) => {
        await addChildren(ona, drawnChildren(500, 3));
        await signedIn(dashboard, async (client) => {
          expect(await readable(client)).toEqual(SAFE);
          const { rows } = await client.query(
            'SELECT children, children_shown FROM indicator_4_11a_summary',
          );
          expect(rows.length).toBeGreaterThan(10);
          for (const { children, children_shown } of rows)
            expect(children_shown).toBe(children === null ? '<5' : String(children));
          expect(rows.every(({ children }) => children === null || children % 5 === 0)).toBe(true);
          for (const forbidden of [
            'UPDATE indicator_4_8_placements SET counts = true',
            'CREATE TABLE mine (a integer)',
          ])
            await expect(client.query(forbidden), forbidden).rejects.toMatchObject({
              code: '42501',
            });
        });
      }));

    test('dashboard cannot make a view call a function of its own for each child', () =>
      withDeployRoles(ona, async ({ dashboard }) => {
        await addChildren(ona, [{ name: 'sokha' }, { name: 'dara' }, { name: 'bopha' }]);
        await signedIn(dashboard, async (client, notices) => {
          await client.query(
            `CREATE FUNCTION pg_temp.tell(text) RETURNS boolean COST 0.0001 IMMUTABLE LANGUAGE plpgsql
             AS $$ BEGIN RAISE NOTICE 'saw %', $1; RETURN true; END $$`,
          );
          await client.query(
            'SELECT * FROM indicator_4_11a_summary WHERE pg_temp.tell(province_code)',
          );
          expect(notices).toEqual(['saw 10']);
        });
      }));

    test('officer reads everything, and changes nothing', () =>
      withDeployRoles(ona, async ({ officer }) => {
        await addChildren(ona, [{ name: 'sokha' }]);
        await signedIn(officer, async (client) => {
          expect(await readable(client)).toEqual(await relations());
          await expect(client.query('DELETE FROM cases')).rejects.toMatchObject({ code: '42501' });
        });
      }));

    test('check names each other login that can read children’s records, and no officer', () =>
      withDeployRoles(ona, async ({ dashboard, officer }) => {
        const told = async () =>
          (await checkOna(ona.credentials)).find(({ about }) => about === 'logins of ONA')!;
        // Here the officers' role has a name of its own: so its login is another one.
        expect(await told()).toMatchObject({
          level: 'warning',
          text: `${officer.user} can read cases or services`,
        });
        await ona.query(`REVOKE SELECT ON cases, services FROM ${officer.user}`);
        expect(await told()).toMatchObject({ level: 'ok' });
        await ona.query(`GRANT SELECT (sex) ON cases TO ${dashboard.user}`);
        expect((await told()).text).toBe(`${dashboard.user} can read cases or services`);
      }));
  },
  { only: 'PostgreSQL' },
);
