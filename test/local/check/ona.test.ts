import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkAll } from '../../../local/check/check-all.ts';
import type { Line } from '../../../local/check/line.ts';
import { checkOna } from '../../../local/check/ona.ts';
import { SHAPE } from '../../../local/ona/shape.ts';
import { describeOna } from '../../support/ona.ts';

const told = (lines: Line[], level: Line['level']) =>
  lines.filter((line) => line.level === level).map(({ about, text }) => `${about}: ${text}`);

describeOna('what ONA must have', (ona) => {
  const check = () => checkOna(ona.credentials);

  test('A migrated database is fine', async () => {
    const lines = await check();
    expect([...told(lines, 'problem'), ...told(lines, 'warning')]).toEqual([]);
    expect(told(lines, 'ok')).toContain('districts of ONA: 210');
  });

  test('Every table that the jobs name is looked at', async () => {
    const { rows } = await ona.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
         AND relname NOT IN ('data_dictionary', 'sync_schema_version')
         AND relname NOT LIKE 'indicator_%'`,
    );
    expect(Object.keys(SHAPE).sort()).toEqual(rows.map(({ name }) => name).sort());
  });

  test('A bare database lacks all tables, and the mend is to migrate', async () => {
    await ona.clear();
    const lines = await check();
    expect(told(lines, 'warning')).toEqual([
      expect.stringMatching(/^grants of ONA: not looked at on cases, services, /),
    ]);
    const problems = lines.filter(({ level }) => level === 'problem');
    expect(problems.map(({ text }) => text)).toEqual(Object.keys(SHAPE).map(() => 'is not there'));
    expect(problems[0]!.mend).toContain('npm run -s cli -- migrate');
  });

  test('A missing column and a missing unique key are problems', async () => {
    await ona.query('ALTER TABLE services DROP COLUMN service_date CASCADE');
    await ona.query('DROP INDEX cases_primero_id_key');
    expect(told(await check(), 'problem')).toEqual([
      'table cases: lets primero_id occur twice',
      'table services: lacks service_date',
    ]);
  });

  test('No districts are a problem, fewer than there are a warning', async () => {
    await ona.query("DELETE FROM locations_lookup WHERE code = '102'");
    expect(told(await check(), 'warning')).toEqual([
      'districts of ONA: 209 of 210 in locations_lookup: places of other cases stay blank',
    ]);
    await ona.query('DELETE FROM locations_lookup');
    expect(told(await check(), 'problem')).toHaveLength(1);
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
    test('A user that lacks grants is told which, and what to run', async () => {
      const user = `reader_${randomBytes(4).toString('hex')}`;
      await ona.query(`CREATE ROLE ${user} LOGIN PASSWORD 'secret'`);
      try {
        const look = () => checkOna({ ...ona.credentials, user, password: 'secret' });
        expect(told(await look(), 'problem')).toEqual([
          'grants of ONA: lacks USAGE on the schema public',
        ]);
        await ona.query(`GRANT USAGE ON SCHEMA public TO ${user}`);
        await ona.query(`GRANT SELECT ON cases, services TO ${user}`);
        const lines = await look();
        const grants = lines.find(({ about }) => about === 'grants of ONA');
        expect(grants).toMatchObject({ level: 'problem' });
        expect(grants!.text).toMatch(/^lacks INSERT on cases, UPDATE on cases, DELETE on cases/);
        expect(grants!.mend).toContain('docs/deploy.md');
      } finally {
        await ona.query(`DROP OWNED BY ${user}`);
        await ona.query(`DROP ROLE ${user}`);
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
