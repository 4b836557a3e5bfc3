import { expect, test } from 'vitest';
import { describeBoth } from '../support/ona.ts';
import { addChildren } from './children.ts';

describeBoth('unlabelled_values', (ona) => {
  test('are those in use that the dictionary lacks, with the cases that have them', async () => {
    await ona.query(`INSERT INTO data_dictionary (column_name, value, label_en) VALUES
      ('sex', 'Female', 'Female'), ('placement_type', 'kinship care', 'Kinship care'), ('consent_for_reporting', 'true', 'Yes'),
      ('service_type', 'Counselling', 'Counselling'), ('disabled', 'blank', '')`);
    await addChildren(ona, [
      { name: 'sokha', sex: 'a new code', services: ['Counselling', 'autre', 'autre'] },
      { name: 'dara', sex: 'a new code', under18: false, disability: 'blank' },
      { name: 'bopha', sex: null, place: null },
      { name: 'vanna', sex: 'counts for nothing', reintegration: false, under18: false },
      { name: 'rith', sex: 'left behind', isLeftBehind: true, services: ['of nobody'] },
    ]);
    await ona.query("UPDATE cases SET location_code = 'written by hand' WHERE case_id = 'bopha'");
    const { rows } = await ona.query<Record<string, unknown>>(
      'SELECT column_name, value, cases_4_8::integer, cases_4_11a::integer FROM unlabelled_values ORDER BY 1',
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['disabled', 'blank', 1, 0],
      ['location_code', null, 1, 1],
      ['service_type', 'autre', 1, 1],
      ['sex', 'a new code', 2, 1],
    ]);
  });
});
