import { expect, test } from 'vitest';
import { checkOna } from '../../../local/check/ona.ts';
import { withOna } from '../../../local/ona/connect.ts';
import { migrate } from '../../../local/ona/migrate.ts';
import { SHAPE } from '../../../local/ona/shape.ts';
import { describeBoth } from '../../support/ona.ts';
import { actAs, inSchema, withRole } from '../../support/role.ts';

describeBoth('migrate', (ona) => {
  const schema = async () => {
    const { rows } = await ona.query<{ line: string }>(`
      SELECT concat_ws(' ', table_name || '.' || column_name, data_type, column_default) AS line
      FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY 1`);
    return rows.map(({ line }) => line);
  };

  test('makes every table on an empty database', async () => {
    await ona.clear();
    const applied = await migrate(ona.credentials);
    expect(applied[0]!.name).toBe('001 cases-and-services');
    expect(applied[0]!.made).toEqual(
      expect.arrayContaining(['table cases', 'column cases.age', 'index cases_primero_id_key']),
    );
    expect(await schema()).toEqual(
      expect.arrayContaining([
        'cases.case_id text',
        'syncs.sync_id text',
        'data_freshness.unseen bigint',
      ]),
    );
  });

  test('does nothing the second time', async () => {
    const before = await schema();
    expect(await migrate(ona.credentials)).toEqual([]);
    expect(await schema()).toEqual(before);
  });

  test('adds to an existing ONA and leaves its rows as they are', async () => {
    await ona.clear();
    await ona.query('CREATE TABLE cases (case_id text PRIMARY KEY, sex text, note text)');
    await ona.query("INSERT INTO cases VALUES ('d41f17d', 'Female', 'ours')");
    const [first] = await migrate(ona.credentials);
    expect(first!.made).toContain('column cases.age');
    expect(first!.made).not.toContain('column cases.sex');
    const { rows } = await ona.query('SELECT case_id, sex, note, primero_id FROM cases');
    expect(rows).toEqual([{ case_id: 'd41f17d', sex: 'Female', note: 'ours', primero_id: null }]);
  });

  test('two at once leave one whole schema', async () => {
    await ona.clear();
    const [one, two] = await Promise.all([migrate(ona.credentials), migrate(ona.credentials)]);
    expect([one.length, two.length].sort()[0]).toBe(0);
    expect(one.length + two.length).toBeGreaterThan(2);
  });

  test('a migration that fails leaves nothing behind', async () => {
    await ona.clear();
    await ona.query('CREATE VIEW services AS SELECT 1 AS unique_id');
    await expect(migrate(ona.credentials)).rejects.toThrow(/^ONA_FAILED: /);
    const { rows } = await ona.query("SELECT to_regclass('cases') AS cases");
    expect(rows).toEqual([{ cases: null }]);
  });

  test('an error names code and constraint, and no value', async () => {
    const insert = withOna(ona.credentials, (client) =>
      client.query("INSERT INTO cases (case_id) VALUES ('secret-1'), ('secret-1')"),
    );
    await expect(insert).rejects.toThrow(/ONA_FAILED: .*23505 public cases cases_pkey/);
    await expect(insert).rejects.not.toThrow(/secret/);
  });

  test('makes again what was taken away: tables, columns, keys, indexes, functions and views', async () => {
    const before = await schema();
    const tables = Object.keys(SHAPE);
    await ona.query(`DROP TABLE ${tables[0]}, data_dictionary CASCADE`);
    await ona.query('DROP FUNCTION indicator_quarter CASCADE');
    const [mended, ...others] = await migrate(ona.credentials);
    expect(others).toEqual([]);
    expect(mended!.name).toBe('mended');
    expect(mended!.made).toEqual(
      expect.arrayContaining([
        'table cases',
        'index cases_primero_id_key',
        'view indicator_4_8',
        'function indicator_quarter',
      ]),
    );
    expect(await schema()).toEqual(before);
    expect((await ona.query('SELECT FROM data_dictionary')).rowCount).toBeGreaterThan(0);
    expect(await migrate(ona.credentials)).toEqual([]);
  });

  test.each(Object.entries(SHAPE))(
    'makes again every column and key of %s, one as the other',
    async (table, { columns }) => {
      const before = await schema();
      await ona.query(`INSERT INTO cases (case_id) VALUES ('d41f17d')`);
      for (const column of Object.keys(columns).slice(1))
        await ona.query(`ALTER TABLE ${table} DROP COLUMN ${column} CASCADE`);
      await migrate(ona.credentials);
      expect(await schema()).toEqual(before);
      const lines = await checkOna(ona.credentials);
      expect(lines.filter(({ level }) => level === 'problem')).toEqual([]);
      expect((await ona.query('SELECT case_id FROM cases')).rows).toEqual([{ case_id: 'd41f17d' }]);
    },
  );

  test('a dry run says what the real one does, and changes nothing', async () => {
    await ona.clear();
    const would = await migrate(ona.credentials, { dryRun: true });
    expect(await schema()).toEqual([]);
    expect(await migrate(ona.credentials)).toEqual(would);
    await ona.query('DROP VIEW data_freshness');
    const [mended] = await migrate(ona.credentials, { dryRun: true });
    expect(mended).toEqual({ name: 'mended', made: ['view data_freshness'] });
    expect((await ona.query("SELECT to_regclass('data_freshness') AS view")).rows).toEqual([
      { view: null },
    ]);
  });

  test('rows that share an id keep a key from being made: they are not touched, and the way to find them is named', async () => {
    await ona.clear();
    await ona.query("CREATE TABLE cases AS SELECT 'd41f17d' AS case_id FROM generate_series(1, 2)");
    const migrating = migrate(ona.credentials);
    await expect(migrating).rejects.toThrow(
      /^ONA_FAILED: nothing was changed, as rows of cases have the same case_id: find them with `(SELECT [^`]+)`/,
    );
    const [, sql] = /`([^`]+)`/.exec(String(await migrating.catch((error) => error.message)))!;
    expect((await ona.query(sql!)).rows).toEqual([{ case_id: 'd41f17d', count: '2' }]);
  });

  test('a role that may make nothing is told the grant, and with it the tables are made', async () => {
    await ona.clear();
    await ona.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    await withRole(ona, async (user) => {
      await ona.query(`GRANT USAGE ON SCHEMA public TO ${user.user}`);
      const refused = await actAs(ona, user, migrate).catch((error) => error);
      expect(refused.message).toBe(
        `ONA_FORBIDDEN: nothing was changed: the user ${user.user} may make nothing in the schema public: as its owner run \`GRANT USAGE, CREATE ON SCHEMA public TO ${user.user};\``,
      );
      await ona.query(/`([^`]+)`/.exec(refused.message)![1]!);
      expect(await actAs(ona, user, migrate)).not.toEqual([]);
    });
  });

  test('a role that does not own the tables is told who does', async () => {
    await ona.query(
      'DROP VIEW data_freshness; ALTER TABLE services DROP COLUMN service_date CASCADE',
    );
    await withRole(ona, async (user) => {
      await ona.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${user.user}`);
      await ona.query(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${user.user}`);
      await expect(actAs(ona, user, migrate)).rejects.toThrow(
        `ONA_FORBIDDEN: nothing was changed: tables of ONA belong to ${ona.credentials.user}, not to ${user.user}: sign in as the owner`,
      );
    });
  });

  test('makes all of it in another schema, where connections look into that one', async () => {
    await ona.clear();
    await inSchema(ona, 'children', async () => {
      await migrate(ona.credentials);
      const { rows } = await ona.query("SELECT to_regclass('children.cases')::text AS name");
      expect(rows).toEqual([{ name: 'cases' }]);
      const lines = await checkOna(ona.credentials);
      expect(lines.filter(({ level }) => level !== 'ok')).toEqual([]);
      expect(await migrate(ona.credentials)).toEqual([]);
      expect((await ona.query("SELECT to_regclass('public.cases') AS name")).rows).toEqual([
        { name: null },
      ]);
    });
  });
});
