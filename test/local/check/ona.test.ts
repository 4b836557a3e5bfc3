import { Client } from 'pg';
import { expect, test } from 'vitest';
import { checkAll } from '../../../local/check/check-all.ts';
import type { Line } from '../../../local/check/line.ts';
import { checkOna } from '../../../local/check/ona.ts';
import { migrate } from '../../../local/ona/migrate.ts';
import { SHAPE, typeOf } from '../../../local/ona/shape.ts';
import { startPrimero } from '../../../local/primero/index.ts';
import { CENSUS } from '../../../local/sync/input.ts';
import { testChain } from '../../support/chain.ts';
import { describeBoth, describeOna, type TestOna } from '../../support/ona.ts';
import { withRole } from '../../support/role.ts';

const told = (lines: Line[], level: Line['level']) =>
  lines.filter((line) => line.level === level).map(({ about, text }) => `${about}: ${text}`);

const WRITTEN = 'writing to ONA: two invented children were written, and rolled back';

/** Does what the lines say to do: their statements, and `migrate` where it is named. */
const mendAll = async (ona: TestOna, lines: Line[]): Promise<void> => {
  const problems = lines.filter(({ level }) => level === 'problem');
  for (const { sql = [] } of problems) for (const each of sql) await ona.query(each);
  if (problems.some(({ mend }) => mend?.includes('cli -- migrate'))) await migrate(ona.credentials);
};

describeBoth('what ONA must have', (ona) => {
  const check = () => checkOna(ona.credentials);

  test('A migrated database is fine, and nothing of what was tried stays', async () => {
    const lines = await check();
    expect(lines.filter(({ level }) => level !== 'ok')).toEqual([]);
    expect(told(lines, 'ok')).toContain('districts of ONA: 210');
    expect(told(lines, 'ok')).toContain(WRITTEN);
    for (const table of Object.keys(SHAPE).filter((name) => name !== 'locations_lookup'))
      expect((await ona.query(`SELECT FROM ${table}`)).rowCount, table).toBe(0);
  });

  test('Every table that the jobs name is looked at, and every column as it is made', async () => {
    const { rows } = await ona.query<{ table: string; column: string; type: string }>(
      `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, NULL) AS type
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
         AND relname NOT IN ('data_dictionary', 'sync_schema_version')
         AND relname !~ '^(indicator_|figure|publications|erased|retention|audit)' AND attname NOT IN ('district_km', 'province_km')
       ORDER BY 1, 2`,
    );
    const names: Record<string, string> = {
      timestamptz: 'timestamp with time zone',
      timestamp: 'timestamp without time zone',
    };
    const shape = Object.entries(SHAPE).flatMap(([table, { columns }]) =>
      Object.entries(columns).map(([column, definition]) => {
        const type = typeOf(definition);
        return { table, column, type: names[type] ?? type };
      }),
    );
    const sorted = (all: { table: string; column: string }[]) =>
      all.map((each) => JSON.stringify(each)).sort();
    expect(sorted(shape)).toEqual(sorted(rows));
  });

  test('A bare database lacks all tables, and the mend is to migrate', async () => {
    await ona.clear();
    const lines = await check();
    expect(told(lines, 'untried')).toEqual([
      expect.stringMatching(/^grants of ONA: those on cases, services, /),
      'writing to ONA: not tried completely',
    ]);
    expect(told(lines, 'problem')).toEqual(
      Object.keys(SHAPE).map((table) => `table ${table}: is not there`),
    );
    await mendAll(ona, lines);
    expect(told(await check(), 'problem')).toEqual([]);
  });

  test('Lost columns, keys and views are named, and migrate makes them again', async () => {
    await ona.query('ALTER TABLE services DROP COLUMN service_date CASCADE');
    await ona.query('ALTER TABLE sync_findings DROP CONSTRAINT sync_findings_pkey');
    await ona.query('DROP INDEX cases_primero_id_key; DROP VIEW data_freshness CASCADE');
    const lines = await check();
    expect(told(lines, 'problem')).toEqual([
      'table cases: lets primero_id occur twice',
      'table services: lacks service_date',
      'table sync_findings: lets sync_id, primero_id occur twice',
    ]);
    expect(told(lines, 'warning')).toEqual([
      expect.stringMatching(/^views of ONA: lacks .*data_freshness/),
    ]);
    await mendAll(ona, lines);
    expect(told(await check(), 'ok')).toContain(WRITTEN);
    expect(told(await check(), 'warning')).toEqual([]);
  });

  test('No districts are a problem that migrate mends, fewer than there are a warning', async () => {
    await ona.query("DELETE FROM locations_lookup WHERE code = '102'");
    expect(told(await check(), 'warning')).toEqual([
      'districts of ONA: 209 of 210 in locations_lookup. Cases from other districts have no place',
    ]);
    await ona.query('DELETE FROM locations_lookup');
    const lines = await check();
    expect(told(lines, 'problem')).toHaveLength(1);
    await mendAll(ona, lines);
    expect(told(await check(), 'ok')).toContain('districts of ONA: 210');
  });
});

describeBoth('what ONA holds', (ona) => {
  test('Codes without a label are named with their cases; rows that Primero lacks are counted once a census is complete', async () => {
    await ona.query(`
      INSERT INTO cases (case_id, sex, disabled, protection_concerns) VALUES
        ('a1', 'Female', 'new_disability', 'Separated, new_concern'), ('a2', 'm', NULL, 'new_concern'), ('a3', 'm', NULL, NULL);
      INSERT INTO services (unique_id, case_id, service_type) VALUES ('s1', 'a1', 'new_type'), ('s2', 'a1', 'new_type')`);
    const lines = await checkOna(ona.credentials);
    expect(told(lines, 'warning')).toEqual([
      'codes in ONA, sex: 1 without a label: m (2 cases)',
      'codes in ONA, disabled: 1 without a label: new_disability (1 case)',
      'codes in ONA, protection_concerns: 1 without a label: new_concern (2 cases)',
      'codes in ONA, service_type: 1 without a label: new_type (1 case)',
    ]);
    expect(told(lines, 'ok')).toContain(
      'rows of an earlier integration: 3 rows of cases, 2 rows of services. The first census matches them with records of Primero',
    );
    await ona.query(
      `INSERT INTO syncs (sync_id, kind, state, held_before, first_totals) VALUES ('s', 'census', 'complete', 0, '{}')`,
    );
    expect(told(await checkOna(ona.credentials), 'warning')).toContain(
      'rows of an earlier integration: 3 rows of cases, 2 rows of services that match no record of Primero',
    );
  });
});

/** Tables as a team may have made them by hand, and what is wrong with them. */
const BY_HAND: [title: string, tables: string, problems: string[]][] = [
  [
    'columns of another type',
    `CREATE TABLE cases (case_id text PRIMARY KEY, age varchar(3), registration_date text);
     CREATE TABLE services (unique_id text PRIMARY KEY, service_date date);
     INSERT INTO cases VALUES ('a1', '7', '2026-01-31'), ('a2', '', NULL)`,
    [
      'column cases.age: is of the type character varying(3), and the sync writes integer',
      'column cases.registration_date: is of the type text, and the sync writes date',
      'column services.service_date: is of the type date, and the sync writes timestamp',
    ],
  ],
  [
    'columns that are too narrow',
    `CREATE DOMAIN label AS varchar(20);
     CREATE TABLE cases (case_id varchar(5) PRIMARY KEY, disabled label);
     CREATE TABLE services (unique_id char(12) PRIMARY KEY)`,
    [
      'column cases.case_id: takes 5 characters, and values have up to 7',
      'column cases.disabled: takes 20 characters, and values have up to 53',
      'column services.unique_id: takes 12 characters, and values have up to 36',
    ],
  ],
  [
    'columns that must have a value',
    `CREATE TABLE cases (case_id text PRIMARY KEY, sex text NOT NULL DEFAULT '', note text NOT NULL,
                         made timestamp NOT NULL DEFAULT now());
     CREATE TABLE services (id integer PRIMARY KEY, unique_id text UNIQUE);
     INSERT INTO services VALUES (41, 's')`,
    [
      'column cases.note: must have a value, but the sync has none for it',
      'column cases.sex: may not be empty, and not every child has a value for it',
      'column services.id: must have a value, but the sync has none for it',
    ],
  ],
  [
    'services that refer to their case',
    `CREATE TABLE cases (case_id text PRIMARY KEY);
     CREATE TABLE services (unique_id text PRIMARY KEY, case_id text REFERENCES cases)`,
    [
      'writing to ONA: PostgreSQL reported 23503 while changing a case_id, table services, constraint services_case_id_fkey',
    ],
  ],
  [
    'values that must be in another table, also where that is looked at only in the end',
    `CREATE TABLE sexes (name text PRIMARY KEY);
     CREATE TABLE types (name text PRIMARY KEY);
     INSERT INTO types VALUES ('children undergoing reintegration');
     CREATE TABLE cases (case_id text PRIMARY KEY, type_of_case text REFERENCES types,
                         sex text REFERENCES sexes DEFERRABLE INITIALLY DEFERRED)`,
    [
      'writing to ONA: PostgreSQL reported 23503 while removing a child, table cases, constraint cases_sex_fkey',
    ],
  ],
  [
    'a check that refuses',
    `CREATE TABLE cases (case_id text PRIMARY KEY, age integer CHECK (age < 15))`,
    [
      'writing to ONA: PostgreSQL reported 23514 while writing cases, table cases, constraint cases_age_check',
    ],
  ],
];

describeBoth('an ONA that was made by hand', (ona) => {
  const check = () => checkOna(ona.credentials);

  test.each(BY_HAND)('%s: each is named, and the remedy works', async (_, tables, problems) => {
    await ona.clear();
    await ona.query(tables);
    await migrate(ona.credentials);
    const lines = await check();
    expect(told(lines, 'problem').sort()).toEqual(problems);
    await mendAll(ona, lines);
    const after = await check();
    expect(after.filter(({ level }) => level !== 'ok')).toEqual([]);
  });

  test('A trigger that changes what is written is a problem', async () => {
    await ona.query(`
      CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN NEW.sex := upper(NEW.sex); RETURN NEW; END $$;
      CREATE TRIGGER shout BEFORE INSERT OR UPDATE ON cases FOR EACH ROW EXECUTE FUNCTION shout()`);
    try {
      expect(told(await check(), 'problem')).toEqual([
        'table cases: changes what is written: each sync would write all of it again',
      ]);
    } finally {
      await ona.query('DROP FUNCTION shout CASCADE');
    }
  });
});

describeOna('the indicators of ONA', (ona) => {
  test('are those of config/indicators.json, or a problem', async () => {
    const about = async () => {
      const lines = await checkOna(ona.credentials);
      return lines.filter((line) => line.about === 'indicators of ONA');
    };
    expect(await about()).toMatchObject([{ level: 'ok', text: 'under18, reintegration' }]);
    await ona.query("DELETE FROM indicator_definitions WHERE name = 'under18'");
    expect(await about()).toMatchObject([
      { level: 'problem', mend: expect.stringContaining('migrate') },
    ]);
  });
});

describeOna(
  'who may do what',
  (ona) => {
    test('Grants that lack, also on the sequence of a key, are named; with them a whole sync passes', async () => {
      await ona.clear();
      await ona.query('CREATE TABLE cases (id serial PRIMARY KEY, case_id text UNIQUE)');
      await migrate(ona.credentials);
      await withRole(ona, async (user) => {
        const look = () => checkOna(user);
        const closed = await look();
        expect(told(closed, 'problem')).toEqual([
          'grants of ONA: lacks USAGE on the schema public',
        ]);
        await mendAll(ona, closed);
        await ona.query(`GRANT SELECT ON cases, services TO ${user.user}`);
        const lines = await look();
        const [grants, ...others] = told(lines, 'problem');
        expect(others).toEqual([]);
        expect(grants).toMatch(
          /^grants of ONA: lacks INSERT, UPDATE, DELETE on cases; INSERT, UPDATE, DELETE on services; .*USAGE on cases_id_seq/,
        );
        await mendAll(ona, lines);
        const after = await look();
        expect(after.filter(({ level }) => level !== 'ok')).toEqual([]);
        const primero = await startPrimero({ cases: 300 });
        const { sync } = await testChain(primero, user);
        try {
          expect((await sync(CENSUS)).last?.summary).toMatchObject({ state: 'complete' });
        } finally {
          await primero.close();
        }
      });
    });

    test('A user that is set to read-only, and rows that it may not see, are problems', async () => {
      await withRole(ona, async (user) => {
        await ona.query(`GRANT USAGE ON SCHEMA public TO ${user.user}`);
        await ona.query(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${user.user}`);
        await ona.query(`GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO ${user.user}`);
        await ona.query(`ALTER ROLE ${user.user} SET default_transaction_read_only = on`);
        await ona.query('ALTER TABLE cases ENABLE ROW LEVEL SECURITY');
        const lines = await checkOna(user);
        expect(told(lines, 'problem')).toEqual([
          'writing to ONA: the user, the database or the server is set to read-only (25006)',
          'rows of cases: row-level security may hide or refuse some rows, because no policy gives the user all of them',
        ]);
        await mendAll(ona, lines);
        expect(told(await checkOna(user), 'ok')).toContain(WRITTEN);
        await ona.query('DROP POLICY primero_ona_sync ON cases');
        await ona.query('ALTER TABLE cases DISABLE ROW LEVEL SECURITY');
      });
    });

    test('A table in a schema that the user does not look into is found', async () => {
      await ona.clear();
      await ona.query('CREATE SCHEMA ona CREATE TABLE cases (case_id text PRIMARY KEY)');
      await withRole(ona, async (user) => {
        await ona.query(`GRANT USAGE, CREATE ON SCHEMA ona TO ${user.user}`);
        await ona.query(`ALTER TABLE ona.cases OWNER TO ${user.user}`);
        const lines = await checkOna(user);
        const line = lines.find(({ about }) => about === 'schema of ONA');
        expect(line?.text).toBe(
          'there is a table cases in the schema ona, which is not in the search_path of the user',
        );
        await mendAll(ona, [line!]);
        await migrate(user);
        expect(told(await checkOna(user), 'problem')).toEqual([]);
        await ona.query('DROP SCHEMA ona CASCADE');
      });
    });

    test('Nobody is waited for: a batch that is just written, a table that somebody has locked', async () => {
      const other = new Client(ona.credentials);
      await other.connect();
      try {
        await other.query("BEGIN; SELECT pg_advisory_xact_lock(hashtext('primero-ona-sync'))");
        expect(told(await checkOna(ona.credentials), 'untried')).toEqual([
          'writing to ONA: not tried, because a sync is writing a batch',
        ]);
        await other.query('ROLLBACK; BEGIN; LOCK TABLE services IN SHARE MODE');
        expect(told(await checkOna(ona.credentials), 'untried')).toEqual([
          'writing to ONA: not tried completely: a table was locked while writing services',
        ]);
      } finally {
        await other.end();
      }
    });
  },
  { only: 'PostgreSQL' },
);

test('Servers that do not answer are one problem each, in time, with no secret', async () => {
  const started = performance.now();
  const lines = await checkAll(
    {
      primero: { url: 'http://127.0.0.1:9', user: 'a', password: 'the-secret', basicAuth: true },
      // An address that nobody answers at, and nobody refuses either.
      ona: { host: '192.0.2.1', port: 5432, database: 'd', user: 'u', password: 'the-secret' },
      inbox: { inboxUrl: 'http://127.0.0.1:9/i/x', apiKey: 'the-secret' },
    },
    { deadlineMs: 700 },
  );
  expect(performance.now() - started).toBeLessThan(3000);
  expect(lines.map(({ level, about }) => `${level} ${about}`)).toEqual([
    'problem Primero',
    'problem inbox',
    'problem ONA',
  ]);
  expect(JSON.stringify(lines)).not.toContain('the-secret');
});
