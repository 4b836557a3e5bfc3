import type { OnaCredential } from '../local/credentials/schema.ts';
import { withClient } from './servers/database.ts';

/** Cases that a batch brings: the ledger has a line for each of them and each indicator. */
const BATCH_CASES = 2600;

const CASES = `
INSERT INTO cases (case_id, primero_id, primero_updated_at, in_reintegration, in_under18, sync_id, last_updated_date,
  registration_date, case_source, disabled, type_of_case, sex, age, protection_concerns, placement_type,
  consent_for_reporting, location_code, province_current, province_current_code, district_current,
  district_current_code, province_caregiver, province_caregiver_code, district_caregiver, district_caregiver_code)
SELECT 'generated-' || n, gen_random_uuid(), $2::timestamptz - (($1::integer - n) || ' seconds')::interval, n % 3 = 0, true,
  'generated', now(), '2025-01-09', 'primero', NULL, 'children undergoing reintegration', 'Female', n % 18,
  'Refugee, Other', 'kinship care', 'true', '10060802', 'Kratie', '10', 'Chetr Borei', '1006', 'Kratie', '10',
  'Chetr Borei', '1006'
FROM generate_series(1, $1::integer) AS n`;

const SERVICES = `
INSERT INTO services (unique_id, case_id, service_type, service_date)
SELECT gen_random_uuid()::text, case_id, 'Social work/case work', '2026-01-09' FROM cases`;

/** Ranges that follow each other from the start of records to where the sync stands. */
const LINES = `
INSERT INTO sync_batches (sync_id, batch, indicator, mode, window_to, covered,
  fetched, inserted, updated, unchanged, removed, rejected, fetched_at)
SELECT 'generated', n, i.indicator, 'sync', $2::timestamptz,
  tstzrange(date_trunc('second', to_timestamp((n - 1) * s.step)), CASE n WHEN s.batches THEN $2::timestamptz ELSE date_trunc('second', to_timestamp(n * s.step)) END),
  1000, 1000, 0, 0, 0, 0, now()
FROM (SELECT ceil($1::numeric / ${BATCH_CASES})::integer AS batches,
             extract(epoch FROM $2::timestamptz) / ceil($1::numeric / ${BATCH_CASES}) AS step) s
CROSS JOIN LATERAL generate_series(1, s.batches) AS n
CROSS JOIN (VALUES ('reintegration'), ('under18')) AS i (indicator)
WHERE $1::integer > 0`;

/** In a first sync nobody can have left an indicator: its first batch says so. */
const NO_LEAVERS = `
INSERT INTO sync_batches (sync_id, batch, indicator, mode, window_to, covered,
  fetched, inserted, updated, unchanged, removed, rejected, fetched_at)
VALUES ('generated', 1, 'leavers', 'sync', now(), tstzrange(to_timestamp(0), now() + interval '1 day'), 0, 0, 0, 0, 0, 0, now())`;

/** Empties ONA, and fills it as if a sync had brought over so many cases, and stood at a second. */
export const prefill = (ona: OnaCredential, cases: number, at: string): Promise<void> =>
  withClient(ona, async (client) => {
    await client.query('TRUNCATE cases, services, sync_batches, sync_rejects, sync_reopened');
    await client.query(NO_LEAVERS);
    await client.query(CASES, [cases, at]);
    await client.query(SERVICES);
    await client.query(LINES, [cases, at]);
    await client.query('VACUUM ANALYZE');
  });
