import { median } from '../arithmetic.ts';
import { number, type Result, told } from '../result.ts';
import { createOna } from '../servers/ona.ts';

/** Spread evenly: over quarters, districts, ages, placements. So the detailed views have about as many rows as they ever can. */
const CASES = 1_000_000;

/** A draw from 0 to 1 that is the same in every run. */
const draw = (what: string) => `(hashtextextended('${what}', i) & 1048575)::float8 / 1048576`;

const ID = "md5('child ' || i)::uuid";

const GENERATE = `
INSERT INTO cases (case_id, last_updated_date, registration_date, case_source, disabled, type_of_case, sex, age,
  protection_concerns, placement_type, consent_for_reporting, location_code, province_current, province_current_code,
  district_current, district_current_code, primero_id, primero_created_at, primero_updated_at, sync_id)
SELECT lpad(to_hex(i), 12, '0'), now(), CASE WHEN ${draw('day?')} < 0.95 THEN date '2020-01-01' + (${draw('day')} * 2300)::integer END,
  'primero', CASE WHEN ${draw('disabled?')} < 0.17 THEN (ARRAY['Vision Disability', 'Hearing or Speech Disability', 'Other'])[1 + floor(3 * ${draw('disabled')})::integer] END,
  'children undergoing reintegration', (ARRAY['Male', 'Female'])[1 + floor(2 * ${draw('sex')})::integer],
  CASE WHEN ${draw('under18')} < 0.92 THEN floor(18 * ${draw('age')})::integer ELSE 18 + floor(8 * ${draw('age')})::integer END,
  'Separated, Orphaned, At risk of trafficking',
  (ARRAY['kinship care', 'family reunification', 'foster care', 'community based care', 'residential care', NULL])[1 + floor(6 * ${draw('placement')})::integer],
  (ARRAY['true', 'false'])[1 + floor(2 * ${draw('consent')})::integer],
  l.code || '0102', l.province, l.province_code, l.district, l.code, ${ID}, now(), now(), '20261001T000000Z-k3v9'
FROM (SELECT i, 1 + floor(212 * ${draw('place')})::integer AS place FROM generate_series(1, ${CASES}) AS i) g
LEFT JOIN (SELECT *, row_number() OVER (ORDER BY code) AS place FROM locations_lookup) l USING (place)`;

/** Nearly all of 4.11a; of those too old for it half have grown up and count in their quarter; a third of 4.8. */
const INDICATORS = `
INSERT INTO case_indicators (primero_id, indicator, since, until)
SELECT ${ID}, 'under18', now(), CASE WHEN ${draw('under18')} >= 0.92 THEN now() END
FROM generate_series(1, ${CASES}) AS i WHERE ${draw('under18')} < 0.96
UNION ALL
SELECT ${ID}, 'reintegration', now(), NULL
FROM generate_series(1, ${CASES}) AS i WHERE ${draw('under18')} >= 0.92 OR ${draw('reintegration')} < 0.3`;

const SERVICES = `
INSERT INTO services (unique_id, case_id, service_type, service_date, primero_id)
SELECT 'service-' || n, lpad(to_hex(i), 12, '0'), type, date '2020-01-01' + (${draw('served')} * 2300)::integer, ${ID}
FROM (SELECT i AS n, 1 + floor(${CASES} * ${draw('case')})::bigint AS child,
        (ARRAY['Social Work / Case Work', 'Family Based Care', 'Counselling', 'Medical Support', 'Legal Support', 'Other'])[1 + floor(6 * ${draw('type')})::integer] AS type
      FROM generate_series(1, ${CASES * 1.8}) AS i) s
CROSS JOIN LATERAL (SELECT s.child AS i) c`;

const VIEWS = [
  'indicator_4_8_summary',
  'indicator_4_11a_summary',
  'data_freshness',
  'unlabelled_values',
  'indicator_4_8',
  'indicator_4_11a',
  'indicator_4_11a_services',
  'figures_now',
];
const RUNS = 5;

/** A dictionary as `cli dictionary` leaves it: every value has its label. */
const LABELS = `
INSERT INTO data_dictionary (column_name, value, label_en, source)
SELECT DISTINCT v.column_name, v.value, v.value, 'primero'
FROM (SELECT * FROM cases LIMIT 10000) c
CROSS JOIN LATERAL (VALUES ('sex', sex), ('disabled', disabled), ('placement_type', placement_type),
  ('consent_for_reporting', consent_for_reporting)) AS v (column_name, value)
WHERE v.value IS NOT NULL
UNION SELECT DISTINCT 'service_type', service_type, service_type, 'primero' FROM services`;

/** How long each view takes over a million cases: the middle one of some runs, and the fastest and the slowest. */
export const measureViews = async (say: (text: string) => void): Promise<Result[]> => {
  const ona = await createOna();
  try {
    for (const fill of [GENERATE, INDICATORS, SERVICES, LABELS, 'VACUUM ANALYZE'])
      await ona.query(fill);
    say('views: ONA is filled up');
    const results: Result[] = [];
    for (const view of VIEWS) {
      const times: number[] = [];
      let count = 0;
      while (times.length < RUNS) {
        const began = performance.now();
        // Counted there, so that what is measured is the view and not the way of its rows to here; as whole rows, so
        // that no column is left out.
        const [row] = await ona.query(
          `SELECT count(v) AS count FROM (SELECT * FROM ${view} OFFSET 0) v`,
        );
        times.push((performance.now() - began) / 1000);
        count = Number(row!.count);
      }
      const [middle, least, most] = [median(times), Math.min(...times), Math.max(...times)].map(
        (time) => number(time, 2),
      );
      results.push(told(`views: ${view}`, `${middle} s (${least}–${most}), ${number(count)} rows`));
    }
    return results;
  } finally {
    await ona.drop();
  }
};
