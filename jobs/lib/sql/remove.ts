import { recordset } from './recordset.ts';

/** A record of the batch, as far as it says what must not stay in ONA. */
export const SEEN_COLUMNS = [
  { name: 'indicator', type: 'text' },
  { name: 'primero_id', type: 'uuid' },
  { name: 'primero_updated_at', type: 'timestamptz' },
  { name: 'case_id', type: 'text' },
  { name: 'enabled', type: 'boolean' },
] as const;

/**
 * Removes cases that Primero has disabled, with their services, and rows that hold a child under a case_id
 * that it no longer has. Never on the word of an older record.
 *
 * Where another child was rejected because of a case_id that is free now, the second in which it was last
 * updated is taken out of the coverage: it is fetched again.
 *
 * Parameters: the batch's records, sync id, batch number. Returns counts by indicator.
 */
export const REMOVE_CASES = `
WITH seen AS MATERIALIZED (SELECT * FROM ${recordset('$1', SEEN_COLUMNS)}),
doomed AS (
  SELECT c.case_id, c.primero_updated_at, s.indicator, s.primero_updated_at AS seen_at
  FROM seen s JOIN cases c ON c.primero_id = s.primero_id
  WHERE NOT s.enabled OR c.case_id <> s.case_id
  UNION ALL
  SELECT c.case_id, NULL, s.indicator, s.primero_updated_at
  FROM seen s JOIN cases c ON c.case_id = s.case_id
  WHERE NOT s.enabled AND c.primero_id IS NULL
),
removed AS (
  DELETE FROM cases c USING doomed d
  WHERE c.case_id = d.case_id AND (d.primero_updated_at IS NULL OR d.primero_updated_at <= d.seen_at)
  RETURNING c.case_id, c.primero_id, d.indicator
),
removed_services AS (
  DELETE FROM services s USING removed r WHERE s.case_id = r.case_id RETURNING 1
),
freed AS (
  DELETE FROM sync_rejects j USING removed r WHERE j.held_by = r.primero_id
  RETURNING j.in_reintegration, j.in_under18, date_trunc('second', j.primero_updated_at) AS second
),
reopened AS (
  INSERT INTO sync_reopened (indicator, ranges, reason, sync_id, batch)
  SELECT i.indicator, range_agg(tstzrange(f.second, f.second + interval '1 second')), 'CASE_ID_FREED', $2, $3
  FROM freed f
  CROSS JOIN LATERAL (VALUES ('reintegration', f.in_reintegration), ('under18', f.in_under18)) i (indicator, counts)
  WHERE i.counts
  GROUP BY i.indicator
)
SELECT indicator, count(*)::integer AS removed, (SELECT count(*)::integer FROM removed_services) AS services
FROM removed GROUP BY indicator`;
