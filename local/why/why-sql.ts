const TIME = (of: string): string =>
  `to_char(${of} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Batches in which a record of this second was covered, newest first: `wanted` limits them. */
const BATCHES = (wanted: string): string => `(
  SELECT json_agg(json_build_object(
    'syncId', b.sync_id, 'batch', b.batch, 'indicator', b.indicator, 'mode', b.mode,
    'fetchedAt', ${TIME('b.fetched_at')}, 'writtenAt', ${TIME('b.written_at')}) ORDER BY b.id DESC)
  FROM (SELECT * FROM sync_batches b WHERE ${wanted} ORDER BY b.id DESC LIMIT 10) b)`;

/**
 * What ONA knows of one case, by case_id or by Primero's id: ids, times and numbers only.
 * Parameters: case_id or null, Primero's id or null.
 */
export const SELECT_WHY = `
WITH found AS MATERIALIZED (
  SELECT c.case_id, c.primero_id, c.primero_updated_at, c.last_updated_date, c.sync_id,
         c.in_reintegration, c.in_under18
  FROM cases c WHERE c.case_id = $1 OR c.primero_id = $2::uuid
),
who AS (SELECT primero_id FROM found WHERE primero_id IS NOT NULL UNION SELECT $2::uuid)
SELECT
  (SELECT json_build_object(
     'caseId', f.case_id, 'primeroId', f.primero_id, 'updatedInPrimero', ${TIME('f.primero_updated_at')},
     'writtenAt', ${TIME("f.last_updated_date AT TIME ZONE 'UTC'")}, 'syncId', f.sync_id,
     'inReintegration', f.in_reintegration, 'inUnder18', f.in_under18,
     'services', (SELECT count(*) FROM services s WHERE s.case_id = f.case_id),
     'writtenBy', ${BATCHES('b.sync_id = f.sync_id AND b.covered @> f.primero_updated_at')},
     'seenBy', ${BATCHES('b.covered @> f.primero_updated_at')})
   FROM found f LIMIT 1) AS row,
  (SELECT coalesce(json_agg(json_build_object(
     'primeroId', j.primero_id, 'scope', j.scope, 'field', j.field, 'reason', j.reason, 'heldBy', j.held_by,
     'updatedInPrimero', ${TIME('j.primero_updated_at')}, 'writtenAt', ${TIME('j.written_at')},
     'syncId', j.sync_id, 'batch', j.batch) ORDER BY j.written_at), '[]')
   FROM sync_rejects j WHERE j.primero_id IN (SELECT * FROM who) OR j.held_by IN (SELECT * FROM who)) AS rejects,
  (SELECT coalesce(json_agg(json_build_object(
     'indicator', x.indicator, 'syncId', x.sync_id, 'batch', x.batch, 'removedAt', ${TIME('x.removed_at')})
     ORDER BY x.removed_at), '[]')
   FROM sync_surplus x WHERE x.primero_id IN (SELECT * FROM who)) AS surplus`;
