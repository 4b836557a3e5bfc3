import { DATABASE } from '../settings.ts';

/**
 * One writer at a time: two batches that write the same cases in another order would deadlock. Limits keep a
 * lock or a statement that hangs from eating the run. UTC, so that times are stored as Primero says them. Nothing
 * is compiled: that takes longer than the statement, and PostgreSQL thinks it worth it for thousands of look-ups.
 */
export const LOCK = `
SELECT set_config('TimeZone', 'UTC', true),
       set_config('lock_timeout', '${DATABASE.lockTimeoutMs}', true),
       set_config('statement_timeout', '${DATABASE.statementTimeoutMs}', true),
       set_config('jit', 'off', true),
       pg_advisory_xact_lock(hashtext('primero-ona-sync'))`;

/** Districts and provinces, as ONA keeps them; as text, since a table made by hand may pad its codes with spaces. */
export const SELECT_LOCATIONS = `
SELECT code::text, district, province, province_code::text FROM locations_lookup`;
