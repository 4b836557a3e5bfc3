import { expect, test } from 'vitest';
import { CASE_COLUMNS } from '../../../jobs/mapping/columns.ts';
import { REINTEGRATION } from '../../support/children.ts';
import { describeBoth } from '../../support/ona.ts';
import { idOf } from '../message/messages.ts';
import { BEGAN, children, hold, recordOf, run, SYNC, writeCases } from './held.ts';

const ADULT = { age: 30, type_of_case: 'x' };

describeBoth('write-cases.sql', (ona) => {
  const rows = (columns: string) => run(ona, `SELECT ${columns} FROM cases ORDER BY primero_id`);
  const indicators = () =>
    run(
      ona,
      `SELECT indicator, to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS since,
              to_char(until AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS until
       FROM case_indicators ORDER BY indicator`,
    );
  const versions = () =>
    run(ona, 'SELECT xmin::text FROM cases UNION ALL SELECT xmin::text FROM case_indicators');

  test('inserts who is new, each value in its column, as the mapping made it', async () => {
    const all = children(recordOf(1));
    expect(await writeCases(ona, all)).toEqual({ 1: 'new' });
    const columns = CASE_COLUMNS.map(({ name, type }) =>
      type === 'date' ? `${name}::text` : name,
    );
    const [row] = await rows(
      `${columns.join(', ')}, primero_id, sync_id,
       to_char(primero_created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS primero_created_at,
       to_char(primero_updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS primero_updated_at`,
    );
    expect(row).toEqual({ ...all[0]!.row, primero_id: idOf(1), sync_id: SYNC });
    expect(await rows('last_updated_date IS NOT NULL AS is_dated')).toEqual([{ is_dated: true }]);
  });

  test('updates who differs, in whichever column', async () => {
    const differences = Object.entries({
      registration_date: '2026-02-02',
      oscar_number: 'o-1',
      disability_type: null,
      type_of_case: null,
      sex: 'male',
      age: 10,
      protection_concerns: [],
      type_of_placement: null,
      consent_reporting: false,
      location_current: '1',
      location_caregiver: '10',
      case_id_display: 'another',
      created_at: '2026-01-08T03:00:00.001Z',
      last_updated_at: '2026-03-09T10:38:34.075Z',
    });
    await hold(ona, ...differences.map((_, number) => recordOf(number)));
    const all = children(
      ...differences.map(([field, value], number) => recordOf(number, { [field]: value })),
    );
    const outcomes = await writeCases(ona, all);
    expect(Object.values(outcomes)).toEqual(differences.map(() => 'changed'));
    const columns = CASE_COLUMNS.map(({ name, type }) =>
      type === 'date' ? `${name}::text` : name,
    );
    const held = await rows(`primero_id, ${columns.join(', ')}`);
    for (const [number, { row }] of all.entries()) {
      const { primero_created_at: _, primero_updated_at: __, ...content } = row!;
      expect(held[number]).toEqual(content);
    }
  });

  test('rewrites no row of who is as it was', async () => {
    await hold(ona, recordOf(1), recordOf(2, { location_current: null, type_of_case: null }));
    const before = await versions();
    const all = children(recordOf(1), recordOf(2, { location_current: null, type_of_case: null }));
    expect(await writeCases(ona, all)).toEqual({ 1: 'unchanged', 2: 'unchanged' });
    expect(await versions()).toEqual(before);
    expect(before.length).toBeGreaterThan(3);
  });

  test('heals what a hand has changed in ONA', async () => {
    await hold(ona, recordOf(1));
    await ona.query("UPDATE cases SET sex = 'by hand', district_current = NULL");
    expect(await writeCases(ona, children(recordOf(1)))).toEqual({ 1: 'changed' });
    expect(await rows('sex, district_current')).toEqual([
      { sex: 'Female', district_current: 'Chetr Borei' },
    ]);
  });

  test('follows a Primero that was restored, but not what it said earlier in this same sync', async () => {
    const earlier = { last_updated_at: '2026-01-01T00:00:00.000Z', sex: 'male' };
    await hold(ona, recordOf(1));
    expect(await writeCases(ona, children(recordOf(1, earlier)))).toEqual({ 1: 'changed' });
    expect(await writeCases(ona, children(recordOf(1)))).toEqual({ 1: 'changed' });
    expect(await writeCases(ona, children(recordOf(1, earlier)))).toEqual({ 1: 'older' });
    expect(await rows('sex')).toEqual([{ sex: 'Female' }]);
  });

  test('updates who counts for nothing where ONA holds it, and does not insert it', async () => {
    await hold(ona, recordOf(1));
    const all = children(recordOf(1, ADULT), recordOf(2, ADULT));
    expect(await writeCases(ona, all)).toEqual({ 1: 'changed', 2: 'nothing' });
    expect(await rows('age')).toEqual([{ age: 30 }]);
  });

  test('inserts who counts for nothing where it once counted: a hand deleted its row', async () => {
    await hold(ona, recordOf(1));
    await ona.query('DELETE FROM cases');
    expect(await writeCases(ona, children(recordOf(1, ADULT)))).toEqual({ 1: 'new' });
    expect(await rows('age')).toEqual([{ age: 30 }]);
  });

  test('notes since when a child counts for an indicator, and until when', async () => {
    await writeCases(ona, children(recordOf(1)), { syncId: 'a', began: '2026-01-01T00:00:00Z' });
    const since = '2026-01-01';
    expect(await indicators()).toEqual([
      { indicator: 'reintegration', since, until: null },
      { indicator: 'under18', since, until: null },
    ]);
    const grown = children(recordOf(1, { age: 18 }));
    await writeCases(ona, grown, { syncId: 'b', began: '2026-04-01T00:00:00Z' });
    const stopped = [
      { indicator: 'reintegration', since, until: null },
      { indicator: 'under18', since, until: '2026-04-01' },
    ];
    expect(await indicators()).toEqual(stopped);
    // It stopped then, however often that is found again.
    await writeCases(ona, grown, { syncId: 'c', began: '2026-07-01T00:00:00Z' });
    expect(await indicators()).toEqual(stopped);
    await writeCases(ona, children(recordOf(1)));
    expect(await indicators()).toEqual([
      { indicator: 'reintegration', since, until: null },
      { indicator: 'under18', since, until: null },
    ]);
  });

  test('notes an indicator that a child counts for only now, by when the sync began', async () => {
    await hold(ona, recordOf(1, { type_of_case: 'x' }));
    await writeCases(ona, children(recordOf(1, { type_of_case: REINTEGRATION })));
    expect(await indicators()).toEqual([
      { indicator: 'reintegration', since: BEGAN.slice(0, 10), until: null },
      { indicator: 'under18', since: '2026-07-01', until: null },
    ]);
  });

  test('notes what a reject counts for where ONA holds the child, and changes nothing else of it', async () => {
    await hold(ona, recordOf(1));
    const held = await rows('xmin::text, age');
    const grown = recordOf(1, { age: 18 });
    await writeCases(ona, [], {}, children(grown, recordOf(2)));
    const stopped = BEGAN.slice(0, 10);
    expect((await indicators()).map(({ indicator, until }) => [indicator, until])).toEqual([
      ['reintegration', null],
      ['under18', stopped],
    ]);
    expect(await rows('xmin::text, age')).toEqual(held);
    await writeCases(ona, [], {}, children(recordOf(1)));
    expect((await indicators()).map(({ until }) => until)).toEqual([null, null]);
    // A hand may have deleted what was noted, or the row.
    await run(ona, 'DELETE FROM case_indicators');
    await writeCases(ona, [], {}, children(recordOf(1)));
    expect(await indicators()).toHaveLength(2);
    await run(ona, 'DELETE FROM cases');
    await writeCases(ona, [], {}, children(grown));
    expect((await indicators()).map(({ until }) => until)).toEqual([null, stopped]);
  });

  test('changes no indicator of a child on the word of an earlier record', async () => {
    await writeCases(ona, children(recordOf(1)));
    const before = await indicators();
    const earlier = { ...ADULT, last_updated_at: '2026-01-01T00:00:00.000Z' };
    expect(await writeCases(ona, children(recordOf(1, earlier)))).toEqual({ 1: 'older' });
    expect(await indicators()).toEqual(before);
  });

  test('leaves the children alone that are not in the batch', async () => {
    await hold(ona, recordOf(1), recordOf(2));
    const before = await run(ona, 'SELECT xmin::text FROM cases WHERE primero_id = $1', [idOf(2)]);
    await writeCases(ona, children(recordOf(1, ADULT)));
    expect(await run(ona, 'SELECT xmin::text FROM cases WHERE primero_id = $1', [idOf(2)])).toEqual(
      before,
    );
    const counting = 'SELECT DISTINCT primero_id FROM case_indicators WHERE until IS NULL';
    expect(await run(ona, counting)).toEqual([{ primero_id: idOf(2) }]);
  });

  test('looks at how rejects are counted, also where a batch brings nobody else', async () => {
    await hold(ona, recordOf(1));
    await ona.query(
      "INSERT INTO figure_sets (sync_id, began_at, places, definitions, counted_by) VALUES ('q3', now(), '', '', 'q3')",
    );
    await ona.query('BEGIN');
    await writeCases(ona, [], {}, children(recordOf(1, ADULT)));
    const [looked] = await run<{ ids: string[] }>(
      ona,
      "SELECT current_setting('figures.before')::jsonb -> 'ids' AS ids",
    );
    await ona.query('ROLLBACK');
    expect(looked!.ids).toEqual([idOf(1)]);
  });
});
