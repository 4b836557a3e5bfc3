import { expect, test } from 'vitest';
import { migrate } from '../../local/ona/migrate.ts';
import { describeBoth } from '../support/ona.ts';
import { addChildren, sumsOf } from './children.ts';

describeBoth('an ONA that was made by hand', (ona) => {
  test('gets what it lacks, keeps what it has, and counts, though its columns have other types', async () => {
    await ona.clear();
    await ona.query(`
      CREATE TABLE cases (case_id text PRIMARY KEY, sex text, age numeric, registration_date timestamp);
      INSERT INTO cases VALUES ('theirs', 'Male', 11, '2024-01-01');
      CREATE TABLE services (unique_id varchar(40), note text);
      CREATE TABLE locations_lookup (code text, district text);
      INSERT INTO locations_lookup VALUES ('1006', 'Their own name');
      CREATE TABLE data_dictionary (column_name text, label_en text);
      INSERT INTO data_dictionary VALUES ('sex', 'Their own label')`);
    await migrate(ona.credentials);
    await addChildren(ona, [
      { name: 'sokha', registered: '2026-02-14 10:00', services: ['Counselling'] },
    ]);
    const columns = ['quarter', 'age_group_en', 'sex', 'district_en', 'district_km'];
    for (const view of ['indicator_4_8', 'indicator_4_11a', 'indicator_4_11a_services'])
      expect(await sumsOf(ona, view, columns), view).toEqual([
        ['2026-Q1', '5–9 years', 'Female', 'Their own name', 'ចិត្របុរី', 1],
      ]);
    const { rows } = await ona.query(
      "SELECT column_name, value, label_en, source FROM data_dictionary WHERE column_name = 'sex'",
    );
    expect(rows).toEqual([
      { column_name: 'sex', value: '', label_en: 'Their own label', source: null },
    ]);
  });
});
