import { expect, test } from 'vitest';
import indicators from '#config/indicators.json';
import retention from '#config/retention.json';
import { places } from '../../../local/config/places.ts';
import { migrate } from '../../../local/ona/migrate.ts';
import { describeBoth } from '../../support/ona.ts';

describeBoth('migrate puts into ONA what config/ says', (ona) => {
  const seedAgain = async () => (await migrate(ona.credentials)).map(({ name }) => name);

  test('of places: all districts, once', async () => {
    const { rows } = await ona.query('SELECT * FROM locations_lookup ORDER BY code');
    const byCode = [...places()].sort((a, b) => (a.code < b.code ? -1 : 1));
    expect(rows).toEqual(byCode);
    expect(await seedAgain()).toEqual([]);
  });

  test('of places: what is missing, and no name that ONA has of its own', async () => {
    await ona.query("DELETE FROM locations_lookup WHERE code = '102'");
    await ona.query(
      "UPDATE locations_lookup SET district = 'Their own', district_km = NULL WHERE code = '103'",
    );
    expect(await seedAgain()).toEqual(['config/places.csv']);
    const { rows } = await ona.query(
      "SELECT code, district, district_km FROM locations_lookup WHERE code IN ('102', '103') ORDER BY code",
    );
    expect(rows).toEqual([
      { code: '102', district: 'Mongkol Borei', district_km: 'មង្គលបូរី' },
      { code: '103', district: 'Their own', district_km: 'ភ្នំស្រុក' },
    ]);
  });

  test('of indicators: each with code, titles and its whole entry, in the order of the file', async () => {
    const { rows } = await ona.query(
      'SELECT name, code, position, title_en, title_km, definition FROM indicator_definitions ORDER BY position',
    );
    expect(rows).toEqual(
      indicators.map((definition, index) => ({
        name: definition.name,
        code: definition.code,
        position: index + 1,
        title_en: definition.title.en,
        title_km: definition.title.km,
        definition,
      })),
    );
  });

  test('of indicators: one that was changed is as in the file again, and one that is not in it goes', async () => {
    const definitions = () => ona.query('SELECT * FROM indicator_definitions ORDER BY position');
    const { rows: before } = await definitions();
    await ona.query("UPDATE indicator_definitions SET title_en = 'Old' WHERE name = 'under18'");
    await ona.query(
      `INSERT INTO indicator_definitions VALUES ('gone', '9.9', 9, 'Gone', NULL, '{}')`,
    );
    expect(await seedAgain()).toEqual(['config/indicators.json']);
    expect((await definitions()).rows).toEqual(before);
    expect(await seedAgain()).toEqual([]);
  });

  test('of retention: how many months, whatever ONA had', async () => {
    const months = async () => (await ona.query('SELECT * FROM retention')).rows;
    expect(await months()).toEqual([{ is_only: true, months: retention.months }]);
    await ona.query('UPDATE retention SET months = 3');
    expect(await seedAgain()).toEqual(['config/retention.json']);
    expect(await months()).toEqual([{ is_only: true, months: retention.months }]);
    expect(await seedAgain()).toEqual([]);
  });

  test('of placements that do not count: what is missing, and none that the ONA team decided on', async () => {
    const placements = async () => {
      const { rows } = await ona.query(
        'SELECT placement_type, counts FROM indicator_4_8_placements ORDER BY placement_type',
      );
      return rows.map((row) => Object.values(row));
    };
    expect(await placements()).toEqual([
      ['', false],
      ['residential care', false],
    ]);
    await ona.query("UPDATE indicator_4_8_placements SET counts = true WHERE placement_type = ''");
    await ona.query("DELETE FROM indicator_4_8_placements WHERE placement_type <> ''");
    expect(await seedAgain()).toEqual(['config/indicators.json']);
    expect(await placements()).toEqual([
      ['', true],
      ['residential care', false],
    ]);
  });
});
