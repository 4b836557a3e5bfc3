import { expect, test } from 'vitest';
import { describeBoth } from '../support/ona.ts';
import { addChildren, type Child, idOf } from './children.ts';
import { keep, reasons, write } from './figure-writes.ts';

describeBoth('why a figure changed', (ona) => {
  const start = async (...children: Child[]) => {
    await addChildren(ona, children);
    await keep(ona, 'q3', '2026-10-01');
    await ona.query(
      "UPDATE cases SET primero_updated_at = '2026-09-01', primero_created_at = '2026-01-05'",
    );
  };
  /** What a sync writes of sokha: Primero has saved the case since, unless told otherwise. */
  const change = (set: string, isSaved = true) =>
    write(ona, ['sokha'], () =>
      ona.query(
        `UPDATE cases SET ${isSaved ? "primero_updated_at = primero_updated_at + interval '1 day', " : ''}${set} WHERE case_id = 'sokha'`,
      ),
    );
  const stop = (indicator: string, until: string | null) =>
    write(ona, ['sokha'], async () => {
      await ona.query(
        "UPDATE cases SET primero_updated_at = primero_updated_at + interval '1 day'",
      );
      await ona.query('UPDATE case_indicators SET until = $2 WHERE indicator = $1', [
        indicator,
        until,
      ]);
    });
  const remove = () =>
    ona.query('DELETE FROM case_indicators; DELETE FROM services; DELETE FROM cases');

  test('nothing is noted where nothing changed', async () => {
    await start({ name: 'sokha' });
    await change('last_updated_date = now()');
    expect(await reasons(ona)).toEqual([]);
  });

  test('a new child was registered late; one that Primero had before came back', async () => {
    await start();
    await write(ona, ['sokha', 'dara'], async () => {
      await addChildren(ona, [{ name: 'sokha' }, { name: 'dara' }]);
      await ona.query(`UPDATE cases SET primero_created_at = CASE case_id WHEN 'dara' THEN date '2026-02-01'
                       ELSE date '2026-10-05' END`);
    });
    expect(await reasons(ona)).toEqual(['2026-Q1 came_back +1', '2026-Q1 registered_late +1']);
    expect(await reasons(ona, { cut: 'district', indicator: '4.11a' })).toEqual([
      '2026 1006 10 came_back +1',
      '2026 1006 10 registered_late +1',
    ]);
  });

  test('a child that was a reject is loaded; one whose row a hand deleted is mended', async () => {
    await start();
    await ona.query(
      `INSERT INTO sync_rejects (primero_id, scope, field, reason, indicators, sync_id) VALUES ($1, 'case', 'age', 'X', '{}', 'q3')`,
      [idOf('sokha')],
    );
    await ona.query(
      "INSERT INTO case_indicators VALUES ($1, 'reintegration', now()), ($1, 'under18', now())",
      [idOf('dara')],
    );
    await write(ona, ['sokha', 'dara'], async () => {
      await ona.query('DELETE FROM case_indicators');
      await addChildren(ona, [{ name: 'sokha' }, { name: 'dara' }]);
    });
    expect(await reasons(ona)).toEqual(['2026-Q1 after_reject +1', '2026-Q1 mended +1']);
  });

  test('a row of an earlier integration is taken over', async () => {
    await start({ name: 'sokha', isLeftBehind: true });
    await write(ona, ['sokha'], async () => {
      await ona.query('UPDATE cases SET primero_id = $1', [idOf('sokha')]);
      await ona.query("INSERT INTO case_indicators VALUES ($1, 'under18', now())", [idOf('sokha')]);
    });
    expect(await reasons(ona, { indicator: '4.11a' })).toEqual(['2026-Q1 taken_over +1']);
  });

  test('a child stops counting, and counts again', async () => {
    await start({ name: 'sokha' });
    await stop('reintegration', '2026-03-01T00:00:00Z');
    expect(await reasons(ona)).toEqual(['2026-Q1 age_or_type -1']);
    await stop('reintegration', null);
    expect(await reasons(ona)).toEqual(['2026-Q1 age_or_type -1', '2026-Q1 came_back +1']);
  });

  test('turning 18 after the quarter takes nobody out of it', async () => {
    await start({ name: 'sokha' });
    await stop('under18', '2026-05-01T00:00:00Z');
    expect(await reasons(ona)).toEqual([]);
    await stop('under18', '2026-03-01T00:00:00Z');
    expect(await reasons(ona)).toEqual(['2026-Q1 age_or_type -1']);
  });

  test.for(['disabled', 'deleted'])('a child that Primero said is %s', async (finding) => {
    await start({ name: 'sokha' });
    await ona.query(
      `INSERT INTO syncs (sync_id, kind, state, held_before, first_totals) VALUES ('q4', 'census', 'under way', 1, '{}')`,
    );
    await ona.query(
      "INSERT INTO sync_findings (sync_id, primero_id, part, finding, confirmed) VALUES ('q4', $1, 1, $2, true)",
      [idOf('sokha'), finding],
    );
    await write(ona, ['sokha'], remove);
    expect(await reasons(ona)).toEqual([`2026-Q1 ${finding} -1`]);
  });

  test('a child whose number another one has now, and one that a command took out', async () => {
    await start({ name: 'sokha' }, { name: 'dara' });
    const takeOut = (name: string) => () =>
      ona.query('DELETE FROM cases WHERE case_id = $1', [name]);
    await write(ona, ['sokha'], takeOut('sokha'));
    await write(ona, ['dara'], takeOut('dara'), { because: 'erased' });
    expect(await reasons(ona)).toEqual(['2026-Q1 case_id_taken -1', '2026-Q1 erased -1']);
  });

  test.for([
    ['date', "registration_date = '2026-05-01'", 'quarter', ['2026-Q1 date -1', '2026-Q2 date +1']],
    [
      'place',
      "province_current_code = '1', district_current_code = '102'",
      'province',
      ['2026-Q1 1 place +1', '2026-Q1 10 place -1'],
    ],
    [
      'place',
      "province_current_code = '1', district_current_code = '102'",
      'district',
      ['2026 1006 10 place -1', '2026 102 1 place +1'],
    ],
    [
      'sex',
      "sex = 'Male'",
      'sex and age',
      ['2026-Q1 Female 5–9 sex -1', '2026-Q1 Male 5–9 sex +1'],
    ],
    [
      'age',
      'age = 11',
      'sex and age',
      ['2026-Q1 Female 10–14 age +1', '2026-Q1 Female 5–9 age -1'],
    ],
    [
      'disability',
      "disabled = 'Other'",
      'disability',
      ['2026-Q1 Other disability +1', '2026-Q1 disability -1'],
    ],
    [
      'placement',
      "placement_type = 'foster care'",
      'placement',
      ['2026-Q1 foster care placement +1', '2026-Q1 kinship care placement -1'],
    ],
    ['placement', 'placement_type = NULL', 'quarter', ['2026-Q1 placement -1']],
    ['consent', "consent_for_reporting = 'false'", 'quarter', ['2026-Q1 consent -1']],
  ] as const)('a correction of the %s: %s, by %s', async ([, set, cut, expected]) => {
    await start({ name: 'sokha' });
    await change(set);
    expect(await reasons(ona, { cut })).toEqual(expected);
    if (cut !== 'quarter') expect(await reasons(ona)).toEqual([]);
  });

  test('what Primero did not touch was mended, or a list of names or places was changed', async () => {
    await start({ name: 'sokha' }, { name: 'dara', sex: 'Male' });
    await change("sex = 'Male'", false);
    expect(await reasons(ona, { cut: 'sex and age' })).toEqual([
      '2026-Q1 Female 5–9 mended -1',
      '2026-Q1 Male 5–9 mended +1',
    ]);
    await change("sex = 'Boy'", false);
    expect(await reasons(ona, { cut: 'sex and age' })).toContain(
      '2026-Q1 Boy 5–9 label_or_place_list +1',
    );
    await change("province_current_code = '1'", false);
    expect(await reasons(ona, { cut: 'province' })).toContain('2026-Q1 1 mended +1');
    await ona.query("UPDATE locations_lookup SET province_code = '99' WHERE code = '1006'");
    await change("province_current_code = '99'", false);
    expect(await reasons(ona, { cut: 'province' })).toContain('2026-Q1 99 label_or_place_list +1');
  });

  test('a service is added, moved to another quarter, removed', async () => {
    await start({ name: 'sokha', services: ['a'], servedOn: '2026-02-01' });
    const serve = (sql: string) =>
      write(ona, ['sokha'], async () => {
        await ona.query(
          "UPDATE cases SET primero_updated_at = primero_updated_at + interval '1 day'",
        );
        await ona.query(sql);
      });
    await serve(
      `INSERT INTO services (unique_id, primero_id, service_date) SELECT 'new', primero_id, '2026-08-01' FROM cases`,
    );
    await serve("UPDATE services SET service_date = '2026-05-01' WHERE unique_id = 'sokha-0'");
    await serve("DELETE FROM services WHERE unique_id = 'new'");
    expect(await reasons(ona, { indicator: '4.11a', measure: 'served' })).toEqual([
      '2026-Q1 service_changed -1',
      '2026-Q2 service_changed +1',
      '2026-Q3 service_added +1',
      '2026-Q3 service_removed -1',
    ]);
  });

  test('what nobody noted was changed in ONA, and is closed with the rest', async () => {
    await start({ name: 'sokha' }, { name: 'dara' });
    await change("consent_for_reporting = 'false'");
    await ona.query("DELETE FROM cases WHERE case_id = 'dara'");
    await keep(ona, 'q4', '2027-01-01');
    expect(await reasons(ona, { sync: 'q4' })).toEqual([
      '2026-Q1 changed_in_ona -1',
      '2026-Q1 consent -1',
    ]);
    expect(await reasons(ona)).toEqual([]);
  });

  test('what no write explains is told as of a definition, where one was changed', async () => {
    await start({ name: 'sokha' }, { name: 'dara' });
    await ona.query("UPDATE cases SET placement_type = 'kin' WHERE case_id = 'dara'");
    await keep(ona, 'q4', '2027-01-01');
    await ona.query("INSERT INTO indicator_4_8_placements VALUES ('kin', false, NULL)");
    await keep(ona, 'q5', '2027-04-01');
    expect(await reasons(ona, { sync: 'q5' })).toEqual(['2026-Q1 definition -1']);
    await ona.query(
      `UPDATE indicator_definitions SET definition = jsonb_set(definition, '{counts,consent}', 'false') WHERE code = '4.8';
       UPDATE cases SET consent_for_reporting = 'false'`,
    );
    await keep(ona, 'q6', '2027-07-01');
    expect(await reasons(ona, { sync: 'q6' })).toEqual([]);
    await ona.query(
      "UPDATE indicator_definitions SET definition = jsonb_set(definition, '{counts,consent}', 'true') WHERE code = '4.8'",
    );
    await keep(ona, 'q7', '2027-10-01');
    expect(await reasons(ona, { sync: 'q7' })).toEqual(['2026-Q1 definition -1']);
  });
});
