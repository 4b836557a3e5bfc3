import { SERVICE_COLUMNS } from '../mapping/columns.ts';
import { assignments, names } from './recordset.ts';
import { unnest } from './unnest.ts';

const CONTENT = [...SERVICE_COLUMNS, { name: 'case_id', type: 'text' }];

export const OWNER_COLUMNS = [
  { name: 'case_id', type: 'text' },
  { name: 'primero_id', type: 'uuid' },
  { name: 'primero_updated_at', type: 'timestamptz' },
];

/** A service of the batch, with the child that has it: two children may have one case_id. */
export const SERVICE_ROW_COLUMNS = [...SERVICE_COLUMNS, { name: 'primero_id', type: 'uuid' }];

/**
 * Replaces the services of cases: writes those that are new or differ, and removes those that their case no longer
 * has. Only of cases whose newest record the batch has: others keep what they have. A service whose unique_id another
 * case has is left out and returned, unless that case gives it up in the same batch: then it moves, and counts as
 * removed and as written. One statement, so no row may be both deleted and updated.
 *
 * Parameters: columns of the cases, columns of the services. Returns how many were removed and written, and the ids
 * of the cases left out of.
 */
export const REPLACE_SERVICES = `
WITH owners AS MATERIALIZED (
  SELECT r.case_id, r.primero_id FROM ${unnest(1, OWNER_COLUMNS)}
  CROSS JOIN LATERAL (
    SELECT primero_id, primero_updated_at FROM cases WHERE cases.case_id = r.case_id OFFSET 0
  ) c
  WHERE c.primero_id = r.primero_id AND c.primero_updated_at = r.primero_updated_at
),
incoming AS MATERIALIZED (
  SELECT r.*, o.case_id FROM ${unnest(1 + OWNER_COLUMNS.length, SERVICE_ROW_COLUMNS)} JOIN owners o USING (primero_id)
),
given_up AS MATERIALIZED (
  SELECT s.case_id, s.unique_id FROM owners o JOIN services s ON s.case_id = o.case_id
  WHERE NOT EXISTS (SELECT FROM incoming i WHERE i.unique_id = s.unique_id AND i.case_id = s.case_id)
),
claims AS (
  SELECT unique_id, min(case_id) AS case_id FROM incoming GROUP BY unique_id HAVING count(*) > 1
),
judged AS MATERIALIZED (
  SELECT i.*,
         coalesce(taker.case_id, claims.case_id, i.case_id) <> i.case_id AS is_taken,
         ROW(${names(CONTENT, 's')}) IS DISTINCT FROM ROW(${names(CONTENT, 'i')}) AS differs
  FROM incoming i
  LEFT JOIN claims USING (unique_id)
  LEFT JOIN services s ON s.unique_id = i.unique_id
  LEFT JOIN cases taker ON taker.case_id = s.case_id AND NOT EXISTS (SELECT FROM given_up g WHERE g.unique_id = s.unique_id)
),
written AS (
  INSERT INTO services (${names(CONTENT)})
  SELECT ${names(CONTENT)} FROM judged WHERE differs AND NOT is_taken
  ON CONFLICT (unique_id) DO UPDATE SET ${assignments(CONTENT.slice(1), 'excluded')}
  RETURNING 1
),
removed AS (
  DELETE FROM services s USING given_up g
  WHERE s.case_id = g.case_id
    AND s.unique_id IS NOT DISTINCT FROM g.unique_id -- a table made by hand may have one without
    AND NOT EXISTS (SELECT FROM judged j WHERE j.unique_id = g.unique_id AND NOT j.is_taken)
)
SELECT (SELECT count(*)::integer FROM given_up) AS removed,
       (SELECT count(*)::integer FROM written) AS written,
       (SELECT json_agg(DISTINCT primero_id) FROM judged WHERE is_taken) AS taken`;
