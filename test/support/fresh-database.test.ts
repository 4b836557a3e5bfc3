import { expect, test } from 'vitest';
import { describeBoth } from './ona.ts';

describeBoth('a database is fresh for each test', (ona) => {
  const count = async (what: string) =>
    (await ona.query<{ n: number }>(`SELECT count(*)::integer AS n FROM ${what}`)).rows[0]!.n;

  test('without the rows of the one before', async () => {
    await ona.query("INSERT INTO cases (case_id) VALUES ('left')");
    await ona.reset();
    expect(await count('cases')).toBe(0);
  });

  test('with the rows that its migration put in', async () => {
    const places = await count('locations_lookup');
    expect(places).toBeGreaterThan(0);
    await ona.query('DELETE FROM locations_lookup');
    await ona.reset();
    expect(await count('locations_lookup')).toBe(places);
  });

  test.each([
    'ALTER TABLE cases ADD COLUMN left_over text',
    'CREATE TABLE left_over ()',
    'DROP INDEX services_of_nobody',
    'CREATE OR REPLACE VIEW left_over AS SELECT 1 AS one',
    "ALTER TABLE cases ALTER COLUMN sex SET DEFAULT 'left over'",
  ])('without what it did to the schema: %s', async (statement) => {
    const structure = `pg_attribute WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)`;
    const before = [await count(structure), await count("pg_indexes WHERE schemaname = 'public'")];
    await ona.query(statement);
    await ona.reset();
    expect([await count(structure), await count("pg_indexes WHERE schemaname = 'public'")]).toEqual(
      before,
    );
    expect(await count('pg_attrdef WHERE adrelid = to_regclass($$cases$$)')).toBe(0);
  });
});
