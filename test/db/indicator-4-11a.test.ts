import { expect, test } from 'vitest';
import { describeBoth } from '../support/ona.ts';
import { addChildren, sumsOf } from './children.ts';

describeBoth('indicator 4.11a', (ona) => {
  test('counts children under 18, and apart from that those with a service', async () => {
    await addChildren(ona, [
      { name: 'sokha', services: ['Counselling', 'Counselling', 'Legal Support'] },
      { name: 'dara', services: [] },
      { name: 'bopha', reintegration: false, services: [null] },
      { name: 'vanna', age: 18, under18: false, services: ['Counselling'] },
      { name: 'rith', consent: 'false', services: ['Counselling'] },
    ]);
    const { rows } = await ona.query(`
      SELECT sum(children)::integer AS children, sum(children_with_service)::integer AS served,
             sum(left_out_without_consent)::integer AS no_consent FROM indicator_4_11a`);
    expect(rows).toEqual([{ children: 3, served: 2, no_consent: 1 }]);
  });

  test('counts apart from that children with a service in a quarter, in each of those quarters', async () => {
    const over = { until: '2026-05-01T00:00:00Z' };
    await addChildren(ona, [
      { name: 'sokha', services: ['a', 'b'], servedOn: '2026-02-01' },
      { name: 'dara', registered: null, services: ['a'], servedOn: '2026-06-30' },
      { name: 'bopha', services: ['a'], servedOn: null },
      { name: 'vanna', under18: over, services: ['a'], servedOn: '2026-06-30' },
      { name: 'rith', under18: over, services: ['a'], servedOn: '2026-03-31', consent: 'false' },
    ]);
    await ona.query("UPDATE services SET service_date = '2026-06-01' WHERE unique_id = 'sokha-1'");
    expect(await sumsOf(ona, 'indicator_4_11a_served', ['quarter'])).toEqual([
      ['2026-Q1', 1],
      ['2026-Q2', 2],
    ]);
    expect(
      await sumsOf(ona, 'indicator_4_11a_served', ['quarter'], 'left_out_without_consent'),
    ).toEqual([
      ['2026-Q1', 1],
      ['2026-Q2', 0],
    ]);
  });

  test('has a row for each combination, though only some of its children have a service', async () => {
    await addChildren(ona, [
      { name: 'sokha', services: ['Counselling'] },
      { name: 'dara' },
      { name: 'bopha', sex: null, place: null, placement: null },
    ]);
    const { rows } = await ona.query(
      'SELECT sex, province_en, children::integer, children_with_service::integer FROM indicator_4_11a ORDER BY sex',
    );
    expect(rows).toEqual([
      { sex: 'Female', province_en: 'Kratie', children: 2, children_with_service: 1 },
      { sex: null, province_en: null, children: 1, children_with_service: 0 },
    ]);
  });

  test('counts a child once for each type of service that it has, so that types have no sum', async () => {
    await ona.query(`INSERT INTO data_dictionary (column_name, value, label_en, label_km)
                     VALUES ('service_type', 'Counselling', 'Counselling', 'ការប្រឹក្សា')`);
    await addChildren(ona, [
      { name: 'sokha', services: ['Counselling', 'Counselling', 'Legal Support'] },
      { name: 'dara', services: ['Counselling', null] },
      { name: 'bopha', services: [] },
      { name: 'vanna', under18: false, services: ['Counselling'] },
    ]);
    const types = ['service_type', 'service_type_en', 'service_type_km'];
    expect(await sumsOf(ona, 'indicator_4_11a_services', types)).toEqual([
      ['Counselling', 'Counselling', 'ការប្រឹក្សា', 2],
      ['Legal Support', 'Legal Support', null, 1],
      [null, null, null, 1],
    ]);
    expect(await sumsOf(ona, 'indicator_4_11a', ['quarter'], 'children_with_service')).toEqual([
      ['2026-Q1', 2],
    ]);
  });

  test('a service is the child’s whose it is in Primero, whatever case_id it has in ONA', async () => {
    await addChildren(ona, [{ name: 'sokha', services: ['Counselling'] }, { name: 'dara' }]);
    await ona.query("UPDATE services SET case_id = 'dara'");
    await ona.query("UPDATE cases SET sex = 'Male' WHERE case_id = 'dara'");
    expect(await sumsOf(ona, 'indicator_4_11a', ['sex'], 'children_with_service')).toEqual([
      ['Female', 1],
      ['Male', 0],
    ]);
    expect(await sumsOf(ona, 'indicator_4_11a_services', ['sex'])).toEqual([['Female', 1]]);
  });
});
