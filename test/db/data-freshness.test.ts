import { expect, test } from 'vitest';
import { describeBoth } from '../support/ona.ts';
import { addChildren } from './children.ts';

const START = '1970-01-01T00:00:00Z';

describeBoth('data_freshness', (ona) => {
  const cover = (indicator: string, from: string, to: string, unmapped = {}) =>
    ona.query(
      `INSERT INTO sync_batches (sync_id, batch, indicator, mode, window_to, covered, fetched, inserted, updated,
         unchanged, removed, rejected, unmapped, fetched_at, written_at)
       VALUES ('sync-1', 1, $1, 'sync', $3, tstzrange($2, $3::timestamptz + interval '1 second'), 0, 0, 0, 0, 0, 0,
         $4, now(), '2026-10-01T00:00:00Z')`,
      [indicator, from, to, JSON.stringify(unmapped)],
    );
  const prove = (indicator: string, to: string, held = 5) =>
    ona.query(
      `INSERT INTO sync_proofs (sync_id, batch, indicator, window_to, expected, held, proven, checked_at)
       VALUES ('sync-1', 1, $1, $2, 5, $3::integer, $3::integer = 5, '2026-10-01T00:01:00Z')`,
      [indicator, to, held],
    );
  const coverAll = async (from: string, to: string) => {
    for (const request of ['reintegration', 'under18', 'leavers']) await cover(request, from, to);
  };
  const freshness = async () => {
    const { rows } = await ona.query<Record<string, unknown>>(`
      SELECT indicator, to_char(complete_to AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS complete_to, is_complete,
             gaps::integer, to_char(first_gap_from AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') AS gap_from,
             to_char(last_gap_to AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS') AS gap_to
      FROM data_freshness ORDER BY indicator DESC`);
    return rows.map((row) => Object.values(row));
  };

  test('has both indicators before the first sync', async () => {
    expect(await freshness()).toEqual([
      ['4.8', null, false, 0, null, null],
      ['4.11a', null, false, 0, null, null],
    ]);
  });

  test('is complete up to the newest window that is proven and has no gap before it', async () => {
    await coverAll(START, '2026-06-30');
    expect((await freshness())[0]).toEqual(['4.8', null, false, 0, null, null]);
    await prove('reintegration', '2026-06-30');
    await prove('under18', '2026-06-30');
    expect((await freshness()).map((row) => row.slice(0, 3))).toEqual([
      ['4.8', '2026-06-30', true],
      ['4.11a', '2026-06-30', true],
    ]);
    await coverAll('2026-07-01', '2026-09-30');
    await prove('reintegration', '2026-09-30');
    await prove('under18', '2026-09-30', 4);
    expect(await freshness()).toEqual([
      ['4.8', '2026-06-30', false, 1, '2026-06-30 00:00:01', '2026-06-30 23:59:59'],
      ['4.11a', '2026-06-30', false, 1, '2026-06-30 00:00:01', '2026-06-30 23:59:59'],
    ]);
    await coverAll('2026-06-30', '2026-07-01');
    expect((await freshness()).map((row) => row.slice(0, 4))).toEqual([
      ['4.8', '2026-09-30', true, 0],
      ['4.11a', '2026-06-30', false, 0],
    ]);
  });

  const counts = async () => {
    const { rows } = await ona.query<Record<string, unknown>>(`
      SELECT to_char(complete_to AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS complete_to, is_complete,
             expected::integer, held::integer
      FROM data_freshness WHERE indicator = '4.8'`);
    return Object.values(rows[0]!);
  };

  test('what a broken first sync has not reached is a gap, also before all that it brought over', async () => {
    await coverAll('2026-04-01', '2026-06-30');
    await prove('reintegration', '2026-06-30');
    expect((await freshness())[0]).toEqual([
      '4.8',
      null,
      false,
      1,
      '1970-01-01 00:00:00',
      '2026-03-31 23:59:59',
    ]);
  });

  test('the count is that of the newest window, whatever older one a backfill counts after it', async () => {
    await coverAll(START, '2026-06-30');
    await prove('reintegration', '2026-03-31', 5);
    await prove('reintegration', '2026-06-30', 5);
    await ona.query('UPDATE sync_proofs SET expected = 9, held = 9 WHERE window_to = $1', [
      '2026-06-30',
    ]);
    await prove('reintegration', '2026-03-31', 5);
    expect(await counts()).toEqual(['2026-06-30', true, 9, 9]);
  });

  test('is not complete over a difference that was found last, in that window or in an older one', async () => {
    await coverAll(START, '2026-06-30');
    await prove('reintegration', '2026-03-31');
    await prove('reintegration', '2026-06-30');
    await prove('reintegration', '2026-06-30', 4);
    expect(await counts()).toEqual(['2026-03-31', false, 5, 4]);
    await prove('reintegration', '2026-06-30');
    expect(await counts()).toEqual(['2026-06-30', true, 5, 5]);
    await prove('reintegration', '2026-03-31', 4);
    expect(await counts()).toEqual([null, false, 5, 5]);
    await prove('reintegration', '2026-03-31');
    expect(await counts()).toEqual(['2026-06-30', true, 5, 5]);
  });

  test('what was reopened is a gap, and takes back what was complete', async () => {
    await coverAll(START, '2026-06-30');
    await prove('reintegration', '2026-06-30');
    await ona.query(`INSERT INTO sync_reopened (indicator, ranges, reason, sync_id, batch)
      VALUES ('reintegration', '{[2026-02-01T00:00:00Z,2026-02-02T00:00:00Z)}', 'DIFFERENCE', 'sync-1', 2)`);
    expect((await freshness())[0]).toEqual([
      '4.8',
      null,
      false,
      1,
      '2026-02-01 00:00:00',
      '2026-02-01 23:59:59',
    ]);
  });

  test('4.11a waits until those who turned 18 are read too', async () => {
    await cover('reintegration', START, '2026-06-30');
    await cover('under18', START, '2026-06-30');
    await cover('leavers', START, '2026-03-31');
    await prove('under18', '2026-06-30');
    await prove('reintegration', '2026-06-30');
    const [first, second] = await freshness();
    expect(first?.slice(0, 4)).toEqual(['4.8', '2026-06-30', true, 0]);
    expect(second?.slice(0, 4)).toEqual(['4.11a', null, false, 1]);
  });

  test('names the last sync, its counts, rejects by indicator, and codes met without a label', async () => {
    await cover('under18', START, '2026-03-31', { sex: 2 });
    await cover('under18', '2026-03-31', '2026-06-30', { sex: 1, service_type: 4 });
    await prove('under18', '2026-06-30', 4);
    await ona.query(`INSERT INTO sync_rejects
      (primero_id, scope, field, reason, in_reintegration, in_under18, primero_updated_at, sync_id, batch)
      SELECT gen_random_uuid(), scope, 'field', 'MISSING', in_reintegration, in_under18, now(), 'sync-1', 1
      FROM (VALUES ('case', true, true), ('case', false, true), ('service', false, true)) AS r (scope, in_reintegration, in_under18)`);
    const { rows } = await ona.query(`
      SELECT indicator, last_sync_id, to_char(last_sync_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS at,
             expected::integer, held::integer, rejected_cases::integer, rejected_services::integer, unmapped
      FROM data_freshness ORDER BY indicator DESC`);
    const common = { last_sync_id: 'sync-1', at: '2026-10-01 00:01' };
    expect(rows).toEqual([
      {
        indicator: '4.8',
        ...common,
        expected: null,
        held: null,
        rejected_cases: 1,
        rejected_services: 0,
        unmapped: {},
      },
      {
        indicator: '4.11a',
        ...common,
        expected: 5,
        held: 4,
        rejected_cases: 2,
        rejected_services: 1,
        unmapped: { sex: 3, service_type: 4 },
      },
    ]);
  });
});

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
