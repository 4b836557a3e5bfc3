import { expect, test } from 'vitest';
import { describeBoth } from '../support/ona.ts';
import { addChildren, sumsOf } from './children.ts';

describeBoth('indicator 4.8', (ona) => {
  const sums = (columns: string[], measure?: string) =>
    sumsOf(ona, 'indicator_4_8', columns, measure);
  const dictionary = (column: string, value: string, en: string | null, km: string | null) =>
    ona.query(
      'INSERT INTO data_dictionary (column_name, value, label_en, label_km) VALUES ($1, $2, $3, $4)',
      [column, value, en, km],
    );

  test('counts children in reintegration, and says for each who is left out the first reason', async () => {
    await addChildren(ona, [
      { name: 'sokha' },
      { name: 'dara', age: 19, under18: false, consent: 'false', placement: null },
      { name: 'bopha', reintegration: false },
      { name: 'vanna', consent: 'false', placement: null },
      { name: 'rith', placement: null },
      { name: 'turned 18 in a later quarter', age: 18, under18: { until: '2026-07-01T00:00:00Z' } },
      { name: 'turned 18 in the quarter', age: 18, under18: { until: '2026-03-01T00:00:00Z' } },
      { name: 'of an earlier integration', isLeftBehind: true },
    ]);
    const { rows } = await ona.query(
      `SELECT sum(children)::integer AS children, sum(reintegration_cases)::integer AS cases,
              sum(left_out_18_or_older)::integer AS older, sum(left_out_without_consent)::integer AS no_consent,
              sum(left_out_by_placement)::integer AS placement FROM indicator_4_8`,
    );
    expect(rows).toEqual([{ children: 2, cases: 6, older: 2, no_consent: 1, placement: 1 }]);
  });

  test('counts by the definition, so another definition counts others', async () => {
    await addChildren(ona, [
      { name: 'sokha', under18: false, age: 20 },
      { name: 'dara', consent: 'false' },
      { name: 'bopha', placement: null },
    ]);
    expect(await sums(['quarter'])).toEqual([['2026-Q1', 0]]);
    const define = (counts: object) =>
      ona.query(
        "UPDATE indicator_definitions SET definition = definition || $1 WHERE code = '4.8'",
        [JSON.stringify({ counts })],
      );
    await define({ consent: true, placements_left_out: [] });
    expect(await sums(['quarter'])).toEqual([['2026-Q1', 1]]);
    await define({ consent: false, placements_left_out: [] });
    expect(await sums(['quarter'])).toEqual([['2026-Q1', 2]]);
    await define({ consent: false });
    expect(await sums(['quarter'])).toEqual([['2026-Q1', 3]]);
  });

  test('counts a child with a placement, unless the table of placements says it does not count', async () => {
    await addChildren(ona, [
      { name: 'sokha', placement: 'kinship care' },
      { name: 'dara', placement: 'family reunification' },
      { name: 'bopha', placement: 'a placement that nobody listed' },
      { name: 'vanna', placement: 'residential care' },
      { name: 'rith', placement: null },
    ]);
    expect(await sums(['placement_type'])).toEqual([
      ['a placement that nobody listed', 1],
      ['family reunification', 1],
      ['kinship care', 1],
      ['residential care', 0],
      [null, 0],
    ]);
    expect(await sums(['province_code'], 'reintegration_cases')).toEqual([['10', 5]]);
    await ona.query("UPDATE indicator_4_8_placements SET counts = true WHERE placement_type = ''");
    await ona.query("INSERT INTO indicator_4_8_placements VALUES ('kinship care', false)");
    expect(await sums(['placement_type'])).toContainEqual([null, 1]);
    expect(await sums(['placement_type'])).toContainEqual(['kinship care', 0]);
    const { rows } = await ona.query('SELECT children, children_shown FROM indicator_4_8_summary');
    expect(rows).toEqual([{ children: null, children_shown: '<5' }]);
  });

  test.for([
    ['2026-01-01', '2026-Q1', '2026-01-01'],
    ['2026-03-31', '2026-Q1', '2026-01-01'],
    ['2026-04-01', '2026-Q2', '2026-04-01'],
    ['2025-12-31', '2025-Q4', '2025-10-01'],
    [null, 'unknown', null],
  ])('a child registered on %s is in quarter %s', async ([registered, quarter, start]) => {
    await addChildren(ona, [{ name: 'sokha', registered: registered! }]);
    for (const view of ['indicator_4_8', 'indicator_4_11a']) {
      const { rows } = await ona.query(
        `SELECT quarter, quarter_start::text AS start, children::integer FROM ${view}`,
      );
      expect(rows, view).toEqual([{ quarter, start, children: 1 }]);
      const summary = await ona.query(
        `SELECT quarter, quarter_start::text AS start, children, children_shown FROM ${view}_summary`,
      );
      expect(summary.rows, view).toEqual([
        { quarter, start, children: null, children_shown: '<5' },
      ]);
    }
  });

  test('puts each age into its group, in both languages, and orders the groups', async () => {
    const ages = [0, 4, 5, 9, 10, 14, 15, 17, 18, 200, null];
    await addChildren(
      ona,
      ages.map((age) => ({ name: `aged ${age}`, age })),
    );
    expect(await sums(['age_from', 'age_group', 'age_group_en', 'age_group_km'])).toEqual([
      [0, '0–4', '0–4 years', '0–4 ឆ្នាំ', 2],
      [5, '5–9', '5–9 years', '5–9 ឆ្នាំ', 2],
      [10, '10–14', '10–14 years', '10–14 ឆ្នាំ', 2],
      [15, '15–17', '15–17 years', '15–17 ឆ្នាំ', 2],
      [18, '18+', '18 years or older', '18 ឆ្នាំឡើងទៅ', 2],
      [null, 'unknown', 'Unknown', 'មិនស្គាល់', 1],
    ]);
  });

  test('names places in both languages, and keeps children whose place is not known', async () => {
    await addChildren(ona, [
      { name: 'sokha' },
      { name: 'dara', place: ['10', null] },
      { name: 'bopha', place: null },
      { name: 'vanna', place: ['99', '9901'] },
    ]);
    expect(
      await sums([
        'province_code',
        'province_en',
        'province_km',
        'district_code',
        'district_en',
        'district_km',
      ]),
    ).toEqual([
      ['10', 'Kratie', 'ក្រចេះ', '1006', 'Chetr Borei', 'ចិត្របុរី', 1],
      ['10', 'Kratie', 'ក្រចេះ', null, null, null, 1],
      ['99', null, null, '9901', null, null, 1],
      [null, null, null, null, null, null, 1],
    ]);
    const { rows } = await ona.query(
      'SELECT province_code, province_km FROM indicator_4_8_summary ORDER BY province_code',
    );
    expect(rows.map(Object.values)).toEqual([
      ['10', 'ក្រចេះ'],
      ['99', null],
      [null, null],
    ]);
  });

  test('takes labels from the dictionary: English falls back to the value, Khmer to nothing', async () => {
    await dictionary('sex', 'Female', 'Girl', 'ស្រី');
    await dictionary('sex', 'Male', 'Boy', '');
    await dictionary('placement_type', 'kinship care', 'Kinship care', 'ការថែទាំដោយញាតិ');
    await dictionary('disabled', 'Vision Disability', 'Sees badly', null);
    await dictionary('consent_for_reporting', 'true', 'Yes', 'បាទ/ចាស');
    await addChildren(ona, [
      { name: 'sokha', disability: 'Vision Disability' },
      { name: 'dara', sex: 'Male', disability: 'a new code', consent: 'false' },
      { name: 'bopha', sex: null },
    ]);
    await ona.query(
      `UPDATE indicator_definitions SET definition = definition || '{"counts": {"consent": false}}'`,
    );
    const labels = [
      'sex',
      'sex_en',
      'sex_km',
      'disability_en',
      'disability_km',
      'consent_en',
      'consent_km',
    ];
    expect(await sums(labels)).toEqual([
      ['Female', 'Girl', 'ស្រី', 'Sees badly', null, 'Yes', 'បាទ/ចាស', 1],
      ['Male', 'Boy', null, 'a new code', null, 'false', null, 1],
      [null, null, null, null, null, 'Yes', 'បាទ/ចាស', 1],
    ]);
    expect(await sums(['placement_type_en', 'placement_type_km'])).toEqual([
      ['Kinship care', 'ការថែទាំដោយញាតិ', 3],
    ]);
  });

  test('counts a child once though a label or place is there twice, and takes ONA’s own first', async () => {
    await ona.query('ALTER TABLE data_dictionary DROP CONSTRAINT data_dictionary_pkey');
    await ona.query('ALTER TABLE locations_lookup DROP CONSTRAINT locations_lookup_pkey');
    await ona.query(`INSERT INTO data_dictionary (column_name, value, label_en, source)
                     VALUES ('sex', 'Female', 'A label of Primero', 'primero'), ('sex', 'Female', 'Our own', NULL)`);
    await ona.query("INSERT INTO locations_lookup VALUES ('1006', 'Chetr Borei', 'Kratie', '10')");
    await addChildren(ona, [{ name: 'sokha' }]);
    expect(await sums(['sex_en', 'province_en', 'district_en'])).toEqual([
      ['Our own', 'Kratie', 'Chetr Borei', 1],
    ]);
    const { rows } = await ona.query('SELECT province_en FROM indicator_4_8_summary');
    expect(rows).toEqual([{ province_en: 'Kratie' }]);
  });

  test('shows no column that names a child', async () => {
    const { rows } = await ona.query<{ name: string }>(`
      SELECT DISTINCT column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name LIKE 'indicator_4%'`);
    const names = rows.map(({ name }) => name).filter((name) => !/_(en|km)$/.test(name));
    expect(names.sort()).toEqual([
      'age_from',
      'age_group',
      'children',
      'children_shown',
      'children_with_service',
      'consent',
      'counts',
      'disability',
      'district_code',
      'left_out_18_or_older',
      'left_out_by_placement',
      'left_out_without_consent',
      'placement_type',
      'province_code',
      'quarter',
      'quarter_start',
      'reason',
      'reintegration_cases',
      'service_type',
      'sex',
    ]);
  });
});
