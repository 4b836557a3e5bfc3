import { expect, test } from 'vitest';
import { batch, idOf, record, result } from '../support/batches.ts';
import { message } from '../support/messages.ts';
import { describeBoth } from '../support/ona.ts';
import { upsert } from '../support/upsert.ts';

const LATER = '2026-06-01T08:00:00.000Z';

describeBoth('upsert-cases writes', (ona) => {
  const { run, write, rows, cases, services } = upsert(ona);

  test('writes a case with its services, place, source and time', async () => {
    const { summary } = await write(batch([result([record('sokha')])]));
    expect(summary.indicators.reintegration).toMatchObject({
      fetched: 1,
      inserted: 1,
      unchanged: 0,
    });
    const [row] = await rows(
      "SELECT *, registration_date::text AS registered, now() AT TIME ZONE 'UTC' - last_updated_date < interval '1 minute' AS just_now FROM cases",
    );
    expect(row).toMatchObject({
      case_id: 'case-sokha',
      registered: '2026-01-09',
      case_source: 'primero',
      type_of_case: 'children undergoing reintegration',
      sex: 'Female',
      age: 10,
      consent_for_reporting: 'false',
      location_code: '10060802',
      province_current: 'Kratie',
      district_current: 'Chetr Borei',
      district_current_code: '1006',
      province_caregiver: null,
      primero_id: idOf('sokha'),
      in_reintegration: true,
      in_under18: true,
      sync_id: message().syncId,
      just_now: true,
    });
    expect(await rows('SELECT * FROM services')).toEqual([
      {
        unique_id: 'service-of-sokha',
        case_id: 'case-sokha',
        service_type: 'Counselling',
        service_date: null,
      },
    ]);
  });

  test('changes nothing when it is run twice', async () => {
    const input = batch([
      result([record('sokha'), record('dara', { registration_date: 'no date' })]),
    ]);
    await write(input);
    const before = await rows(
      'SELECT xmin::text, case_id FROM cases UNION ALL SELECT xmin::text, unique_id FROM services UNION ALL SELECT xmin::text, field FROM sync_rejects UNION ALL SELECT xmin::text, indicator FROM sync_batches ORDER BY 2',
    );
    const { summary } = await write(input);
    expect(summary.indicators.reintegration).toMatchObject({
      inserted: 0,
      updated: 0,
      unchanged: 1,
    });
    const after = await rows(
      'SELECT xmin::text, case_id FROM cases UNION ALL SELECT xmin::text, unique_id FROM services UNION ALL SELECT xmin::text, field FROM sync_rejects UNION ALL SELECT xmin::text, indicator FROM sync_batches ORDER BY 2',
    );
    expect(before).toHaveLength(5);
    expect(after).toEqual(before);
  });

  test('lets a newer record through, never an older one, and a changed mapping at the same time', async () => {
    await write(batch([result([record('sokha', { sex: 'male', last_updated_at: LATER })])]));
    await write(batch([result([record('sokha', { services_section: [] })])]));
    expect(await cases()).toMatchObject([{ sex: 'Male' }]);
    expect(await services()).toHaveLength(1);
    await write(batch([result([record('sokha', { sex: 'other', last_updated_at: LATER })])]));
    expect(await cases()).toMatchObject([{ sex: 'Other' }]);
    const newest = { sex: 'female', last_updated_at: '2026-06-02T00:00:00.000Z' };
    const { summary } = await write(batch([result([record('sokha', newest)])]));
    expect(summary.indicators.reintegration).toMatchObject({ updated: 1 });
    expect(await cases()).toMatchObject([{ sex: 'Female' }]);
  });

  test('replaces the services of a case, and leaves them where the record does not say them', async () => {
    await write(batch([result([record('sokha'), record('dara')])]));
    const kept = { last_updated_at: LATER, services_section: undefined };
    const replaced = { last_updated_at: LATER, services_section: [{ unique_id: 'another' }] };
    await write(batch([result([record('sokha', kept), record('dara', replaced)])]));
    expect(await services()).toEqual([
      { unique_id: 'another', case_id: 'case-dara' },
      { unique_id: 'service-of-sokha', case_id: 'case-sokha' },
    ]);
  });

  test('removes a case that Primero has disabled, with its services', async () => {
    await write(batch([result([record('sokha'), record('dara')])]));
    const disabled = { enabled: false, last_updated_at: LATER };
    const { summary } = await write(batch([result([record('sokha', disabled)])]));
    expect(summary.indicators.reintegration).toMatchObject({ removed: 1, unchanged: 0 });
    expect(summary.services.removed).toBe(1);
    expect(await cases()).toMatchObject([{ case_id: 'case-dara' }]);
    expect(await services()).toEqual([{ unique_id: 'service-of-dara', case_id: 'case-dara' }]);
  });

  test('moves a case whose case_id has changed, with its services; an older record moves nothing', async () => {
    await write(batch([result([record('sokha')])]));
    const moved = { case_id_display: 'case-new', last_updated_at: LATER };
    const { summary } = await write(batch([result([record('sokha', moved)])]));
    expect(summary.indicators.reintegration).toMatchObject({ removed: 1, inserted: 1 });
    await write(batch([result([record('sokha')])]));
    expect(await cases()).toMatchObject([{ case_id: 'case-new' }]);
    expect(await services()).toEqual([{ unique_id: 'service-of-sokha', case_id: 'case-new' }]);
  });

  test('does not remove a case on the word of an older record', async () => {
    await write(batch([result([record('sokha', { last_updated_at: LATER })])]));
    await write(batch([result([record('sokha', { enabled: false })])]));
    expect(await cases()).toHaveLength(1);
  });

  test('updates a case that has turned 18 and counts for nothing, takes its services, and inserts none', async () => {
    const other = { type_of_case: 'child_at_risk_1' };
    await write(
      batch([result([record('sokha'), record('dara', other)], { indicator: 'under18' })]),
    );
    const grown = { age: 18, last_updated_at: LATER };
    const leavers = [
      record('sokha', grown),
      record('dara', { ...other, ...grown }),
      record('bopha', grown),
    ];
    const { summary } = await write(batch([result(leavers, { indicator: 'leavers' })]));
    expect(summary.indicators.leavers).toMatchObject({ fetched: 3, inserted: 0, updated: 1 });
    expect(await cases()).toEqual([
      { case_id: 'case-dara', sex: 'Female', age: 18, in_reintegration: false, in_under18: false },
      { case_id: 'case-sokha', sex: 'Female', age: 10, in_reintegration: true, in_under18: true },
    ]);
    expect(await services()).toEqual([{ unique_id: 'service-of-sokha', case_id: 'case-sokha' }]);
  });

  test('takes over the row that an earlier integration left', async () => {
    await ona.query("INSERT INTO cases (case_id, sex) VALUES ('case-sokha', 'Male')");
    const { summary } = await write(batch([result([record('sokha')])]));
    expect(summary.indicators.reintegration).toMatchObject({ inserted: 0, updated: 1 });
    expect(await rows('SELECT sex, primero_id FROM cases')).toEqual([
      { sex: 'Female', primero_id: idOf('sokha') },
    ]);
  });

  test('keeps two children with one case_id apart: the one that is held stays, the other is a reject', async () => {
    const shared = { case_id_display: 'case-sokha' };
    await write(batch([result([record('sokha')])]));
    const { summary } = await write(
      batch([result([record('dara', { ...shared, last_updated_at: LATER, sex: 'male' })])]),
    );
    expect(summary.indicators.reintegration).toMatchObject({
      inserted: 0,
      updated: 0,
      rejected: 1,
    });
    expect(await cases()).toMatchObject([{ sex: 'Female' }]);
    expect(await services()).toEqual([{ unique_id: 'service-of-sokha', case_id: 'case-sokha' }]);
    expect(await rows('SELECT primero_id, field, reason, held_by FROM sync_rejects')).toEqual([
      {
        primero_id: idOf('dara'),
        field: 'case_id_display',
        reason: 'CASE_ID_TAKEN',
        held_by: idOf('sokha'),
      },
    ]);

    // Once the first child's case is disabled, the second one's second is fetched again.
    const { next } = await write(
      batch([
        result([record('sokha', { enabled: false, last_updated_at: '2026-06-20T00:00:00.000Z' })], {
          from: '2026-06-10T00:00:00Z',
        }),
      ]),
    );
    expect(next?.requests).toContainEqual(
      expect.objectContaining({
        indicator: 'reintegration',
        from: '2026-06-01T08:00:00Z',
        to: '2026-06-01T08:00:00Z',
      }),
    );
  });

  test('rejects a bad record with its reason, and loads the rest; the record settles it when it is mended', async () => {
    await write(
      batch([result([record('sokha', { registration_date: 'some day' }), record('dara')])]),
    );
    expect(await cases()).toMatchObject([{ case_id: 'case-dara' }]);
    expect(await rows('SELECT primero_id, scope, field, reason FROM sync_rejects')).toEqual([
      {
        primero_id: idOf('sokha'),
        scope: 'case',
        field: 'registration_date',
        reason: 'NOT_A_DATE',
      },
    ]);
    await write(batch([result([record('sokha', { last_updated_at: LATER })])]));
    expect(await cases()).toHaveLength(2);
    expect(await rows('SELECT * FROM sync_rejects')).toEqual([]);
  });

  test('keeps the reject of a case that is wanted for reintegration when it comes as a leaver', async () => {
    const bad = { registration_date: 'some day', age: 18 };
    await write(
      batch([result([record('sokha', bad), record('dara', { ...bad, type_of_case: 'other_1' })])]),
    );
    const leavers = [
      record('sokha', { age: 18 }),
      record('dara', { age: 18, type_of_case: 'other_1' }),
    ];
    await write(batch([result(leavers, { indicator: 'leavers' })]));
    expect(await rows('SELECT primero_id FROM sync_rejects')).toEqual([
      { primero_id: idOf('sokha') },
    ]);
  });

  test('rejects a service whose unique_id another case has', async () => {
    const taken = { services_section: [{ unique_id: 'service-of-sokha' }] };
    await write(batch([result([record('sokha')])]));
    await write(batch([result([record('dara', taken)])]));
    expect(await services()).toEqual([{ unique_id: 'service-of-sokha', case_id: 'case-sokha' }]);
    expect(await rows('SELECT primero_id, scope, reason FROM sync_rejects')).toEqual([
      { primero_id: idOf('dara'), scope: 'service', reason: 'SERVICE_ID_TAKEN' },
    ]);
  });

  const many = (bad: number) =>
    Array.from({ length: 200 }, (_, n) =>
      record('sokha', {
        id: `00000000-0000-4000-8000-000000001${String(n).padStart(3, '0')}`,
        case_id_display: `case-${n}`,
        services_section: [],
        ...(n < bad && { age: 'ten' }),
      }),
    );

  test('loads a batch of which 5 % are rejected, and nothing of one with more', async () => {
    await write(batch([result(many(10))]));
    expect(await cases()).toHaveLength(190);
    await ona.reset();
    const { failed } = await run(batch([result(many(11))]));
    expect(failed?.message).toMatch(
      /^TOO_MANY_REJECTS: 11 of 200 records were rejected \(age NOT_AN_AGE: 11\)\./,
    );
    expect(await cases()).toEqual([]);
    expect(await rows('SELECT * FROM sync_batches')).toEqual([]);
  });
});
