import { reopenFreed } from './freed.ts';
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
${reopenFreed('removed', '$2', '$3').trim()}
SELECT indicator, count(*)::integer AS removed, (SELECT count(*)::integer FROM removed_services) AS services
FROM removed GROUP BY indicator`;
