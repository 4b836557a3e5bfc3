import { expect, test } from 'vitest';
import { identify, mapCase, type Row } from '../../jobs/lib/mapping/case.ts';
import { FULL_FIELDS } from '../../jobs/lib/mapping/fields.ts';
import { type LocationRow, toGazetteer } from '../../jobs/lib/mapping/locations.ts';
import type { CaseRecord } from '../../jobs/lib/types.ts';
import { startPrimero } from '../../local/primero/index.ts';
import { startChain } from '../support/chain.ts';
import { cut } from '../support/cut.ts';
import { describeBoth, type TestOna } from '../support/ona.ts';

type Counts = Map<string, number>;
type Recounted = Record<
  | 'all48'
  | 'children48'
  | 'children411a'
  | 'served411a'
  | 'services'
  | 'quarters48'
  | 'quarters411a',
  Counts
>;

const DETAILS =
  'quarter, province_code, district_code, sex, age_group, placement_type, disability, consent';

const quarterOf = (day: unknown): string => {
  if (typeof day !== 'string') return 'unknown';
  return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
};

const ageGroupOf = (age: unknown): string => {
  if (typeof age !== 'number') return 'unknown';
  if (age >= 18) return '18+';
  const groups = [
    [15, '15–17'],
    [10, '10–14'],
    [5, '5–9'],
    [0, '0–4'],
  ] as const;
  return groups.find(([from]) => age >= from)![1];
};

const add = (counts: Counts, key: unknown[], count = 1) => {
  const name = JSON.stringify(key);
  counts.set(name, (counts.get(name) ?? 0) + count);
};

/** Counts what the sandbox's own records say, one after the other. */
const recount = (
  records: CaseRecord[],
  gazetteer: ReturnType<typeof toGazetteer>,
  rejected: Set<string>,
): Recounted => {
  const counts = Object.fromEntries(
    [
      'all48',
      'children48',
      'children411a',
      'served411a',
      'services',
      'quarters48',
      'quarters411a',
    ].map((name) => [name, new Map()]),
  ) as Recounted;
  for (const record of records) {
    const { primero_id, in_reintegration, in_under18 } = identify(record);
    if (!record.enabled || rejected.has(primero_id)) continue;
    const { row, services } = mapCase(cut(record, FULL_FIELDS), {
      gazetteer,
      onUnmapped: () => {},
    });
    const {
      province_current_code,
      district_current_code,
      sex,
      placement_type,
      disabled,
      consent_for_reporting,
    } = row as Row;
    const quarter = quarterOf(row?.registration_date);
    const cell = [
      quarter,
      province_current_code,
      district_current_code,
      sex,
      ageGroupOf(row?.age),
      placement_type,
      disabled,
      consent_for_reporting,
    ];
    if (in_reintegration) {
      const isPlaced = placement_type !== null && placement_type !== 'residential care';
      add(counts.all48, cell);
      add(counts.children48, cell, isPlaced ? 1 : 0);
      add(counts.quarters48, [quarter, province_current_code], isPlaced ? 1 : 0);
    }
    if (in_under18) {
      add(counts.children411a, cell);
      add(counts.served411a, cell, services?.length ? 1 : 0);
      add(counts.quarters411a, [quarter, province_current_code]);
      for (const type of new Set(services?.map(({ service_type }) => service_type)))
        add(counts.services, [...cell, type]);
    }
  }
  return counts;
};

/** The same from a view, with a check that no cell is there twice. */
const read = async (
  ona: TestOna,
  view: string,
  columns: string,
  measure = 'children',
): Promise<Counts> => {
  const { rows } = await ona.query<Record<string, unknown>>(
    `SELECT ${columns}, ${measure}::integer AS measure FROM ${view}`,
  );
  const counts: Counts = new Map();
  for (const { measure: count, ...cell } of rows) {
    const key = JSON.stringify(Object.values(cell));
    expect(counts.has(key), `${view} ${key}`).toBe(false);
    counts.set(key, count as number);
  }
  return counts;
};

const sum = (counts: Counts) => [...counts.values()].reduce((total, each) => total + each, 0);

describeBoth('the views over a sandbox of 5,000 cases', (ona) => {
  test('equal a recount of its records in every cell', { timeout: 120_000 }, async () => {
    const primero = await startPrimero({ cases: 5000, seed: 4811 });
    const chain = await startChain({ primero, ona });
    try {
      await chain.sync();
      const places = await ona.query<LocationRow & Record<string, unknown>>(
        'SELECT code, district, province, province_code FROM locations_lookup',
      );
      const rejects = await ona.query<{ id: string }>(
        "SELECT primero_id::text AS id FROM sync_rejects WHERE scope = 'case'",
      );
      const records = primero.store.snapshot() as unknown as CaseRecord[];
      const counts = recount(
        records,
        toGazetteer(places.rows),
        new Set(rejects.rows.map(({ id }) => id)),
      );
      expect(sum(counts.children48)).toBeGreaterThan(800);
      expect(sum(counts.services)).toBeGreaterThan(sum(counts.served411a));

      expect(await read(ona, 'indicator_4_8', DETAILS)).toEqual(counts.children48);
      expect(await read(ona, 'indicator_4_8', DETAILS, 'reintegration_cases')).toEqual(
        counts.all48,
      );
      expect(await read(ona, 'indicator_4_8_summary', 'quarter, province_code')).toEqual(
        counts.quarters48,
      );
      expect(await read(ona, 'indicator_4_11a', DETAILS)).toEqual(counts.children411a);
      expect(await read(ona, 'indicator_4_11a', DETAILS, 'children_with_service')).toEqual(
        counts.served411a,
      );
      expect(await read(ona, 'indicator_4_11a_summary', 'quarter, province_code')).toEqual(
        counts.quarters411a,
      );
      expect(await read(ona, 'indicator_4_11a_services', `${DETAILS}, service_type`)).toEqual(
        counts.services,
      );
    } finally {
      await chain.close();
      await primero.close();
    }
  });

  test('add up to the indicator by whatever column they are divided', async () => {
    const primero = await startPrimero({ cases: 1000, seed: 4811 });
    const chain = await startChain({ primero, ona });
    try {
      await chain.sync();
      for (const [view, flag] of [
        ['indicator_4_8', 'in_reintegration'],
        ['indicator_4_11a', 'in_under18'],
      ] as const) {
        const measure = view === 'indicator_4_8' ? 'reintegration_cases' : 'children';
        const { rows } = await ona.query<{ total: number }>(
          `SELECT count(*)::integer AS total FROM cases WHERE ${flag}`,
        );
        for (const column of [
          ...DETAILS.split(', '),
          'province_en',
          'district_en',
          'sex_km',
          'age_group_en',
        ]) {
          const parts = await ona.query<{ part: number }>(
            `SELECT sum(${measure})::integer AS part FROM ${view} GROUP BY ${column}`,
          );
          expect(
            parts.rows.reduce((all, { part }) => all + part, 0),
            `${view} by ${column}`,
          ).toBe(rows[0]!.total);
        }
      }
    } finally {
      await chain.close();
      await primero.close();
    }
  });
});
