import { expect, test } from 'vitest';
import type { Entry } from '../../../local/dictionary/types.ts';
import { writeEntries } from '../../../local/dictionary/write.ts';
import { withOna } from '../../../local/ona/connect.ts';
import { describeOna } from '../../support/ona.ts';

const female: Entry = {
  column_name: 'sex',
  value: 'Female',
  label_en: 'Female',
  label_km: 'ស្រី',
  code: 'female',
  source: 'primero',
};
const male: Entry = { ...female, value: 'Male', label_en: 'Male', label_km: null, code: 'male' };

describeOna('labels', (ona) => {
  const write = (entries: Entry[], overwrite = false) =>
    withOna(ona.credentials, (client) => writeEntries(client, entries, overwrite));
  const labels = async () => {
    const { rows } = await ona.query(
      "SELECT value, label_en, label_km, source FROM data_dictionary WHERE column_name = 'sex' ORDER BY value",
    );
    return rows;
  };

  test('are added once: a second run writes nothing', async () => {
    expect(await write([female, male])).toEqual({ inserted: 2, updated: 0, unchanged: 0, kept: 0 });
    const versions = () => ona.query('SELECT value, xmin::text FROM data_dictionary ORDER BY 1');
    const before = await versions();
    expect(await write([female, male])).toEqual({ inserted: 0, updated: 0, unchanged: 2, kept: 0 });
    expect((await versions()).rows).toEqual(before.rows);
  });

  test('are rewritten where Primero says something else, and only there', async () => {
    await write([female, male]);
    const written = await write([female, { ...male, label_km: 'ប្រុស' }]);
    expect(written).toEqual({ inserted: 0, updated: 1, unchanged: 1, kept: 0 });
    expect(await labels()).toEqual([
      { value: 'Female', label_en: 'Female', label_km: 'ស្រី', source: 'primero' },
      { value: 'Male', label_en: 'Male', label_km: 'ប្រុស', source: 'primero' },
    ]);
  });

  test('of the ONA team stay as they are unless they are asked for', async () => {
    await ona.query(
      "INSERT INTO data_dictionary (column_name, value, label_en, label_km) VALUES ('sex', 'Female', 'Girl', 'ក្មេងស្រី')",
    );
    expect(await write([female, male])).toEqual({ inserted: 1, updated: 0, unchanged: 0, kept: 1 });
    expect((await labels())[0]).toMatchObject({ label_en: 'Girl', source: null });
    expect(await write([female, male], true)).toEqual({
      inserted: 0,
      updated: 1,
      unchanged: 1,
      kept: 0,
    });
    expect((await labels())[0]).toMatchObject({ label_en: 'Female', source: 'primero' });
  });

  test('are written to a dictionary that ONA made by hand, without a key and with columns of its own', async () => {
    await ona.clear();
    await ona.query('CREATE TABLE data_dictionary (column_name text, value text, note text)');
    await ona.query("INSERT INTO data_dictionary VALUES ('sex', 'Other', 'ours')");
    await ona.query('CREATE TABLE cases (case_id text PRIMARY KEY)');
    const { migrate } = await import('../../../local/ona/migrate.ts');
    await migrate(ona.credentials);
    expect(await write([female])).toMatchObject({ inserted: 1 });
    expect(await write([female])).toMatchObject({ inserted: 0, unchanged: 1 });
    const { rows } = await ona.query("SELECT note FROM data_dictionary WHERE value = 'Other'");
    expect(rows).toEqual([{ note: 'ours' }]);
  });
});
