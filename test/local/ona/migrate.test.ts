import { expect, test } from 'vitest';
import { withOna } from '../../../local/ona/connect.ts';
import { migrate } from '../../../local/ona/migrate.ts';
import { describeBoth } from '../../support/ona.ts';

describeBoth('migrate', (ona) => {
  const schema = async () => {
    const { rows } = await ona.query<{ line: string }>(`
      SELECT table_name || '.' || column_name || ' ' || data_type AS line
      FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1`);
    return rows.map(({ line }) => line);
  };

  test('makes every table on an empty database', async () => {
    await ona.clear();
    const applied = await migrate(ona.credentials);
    expect(applied[0]).toMatch(/^001 /);
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
    await migrate(ona.credentials);
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
});
