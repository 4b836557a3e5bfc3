import { MAX_SURPLUS_SHARE, TOLERATED_SURPLUS } from '../settings.ts';
import { reopenFreed } from './freed.ts';
import { recordset } from './recordset.ts';

const RANGE = [
  { name: 'indicator', type: 'text' },
  { name: '"from"', type: 'timestamptz' },
  { name: '"to"', type: 'timestamptz' },
];

const inRange = (row: string): string => `
    ${row}.primero_updated_at >= r."from" AND ${row}.primero_updated_at < r."to"
    AND CASE r.indicator WHEN 'reintegration' THEN ${row}.in_reintegration ELSE ${row}.in_under18 END
    AND NOT EXISTS (SELECT FROM present p WHERE p.primero_id = ${row}.primero_id)`;

/**
 * Takes out what ONA holds in ranges that were just read whole and Primero does not have there: a case that was
 * deleted for good, or whose age was blanked, matches no query any more. It stays only while it counts for the
 * other indicator. Each is named in the ledger by its id. One whose newer record could not be loaded is no surplus: the
 * proof counts it by its reject.
 *
 * Parameters: ranges (`to` exclusive), ids that Primero has there or has changed since, sync id, batch number.
 * Returns how many cases and services went, and whether that is refused, so that the transaction must not be committed:
 * with those that the same sync took out before they would be more of an indicator's cases than may go.
 */
export const RECONCILE = `
WITH ranges AS MATERIALIZED (SELECT * FROM ${recordset('$1', RANGE)}),
present AS MATERIALIZED (SELECT value::uuid AS primero_id FROM json_array_elements_text($2::json)),
surplus AS MATERIALIZED (
  SELECT r.indicator, c.case_id, c.primero_id FROM ranges r JOIN cases c ON ${inRange('c')}
  WHERE NOT EXISTS (SELECT FROM sync_rejects j WHERE j.primero_id = c.primero_id AND j.scope = 'case')
),
refused AS (
  SELECT FROM (
    SELECT indicator, count(*) AS going,
           (SELECT count(*) FROM sync_surplus b WHERE b.sync_id = $3 AND b.indicator = s.indicator) AS gone
    FROM surplus s GROUP BY indicator
  ) s
  WHERE gone + going > ${TOLERATED_SURPLUS} AND gone + going > ${MAX_SURPLUS_SHARE} * (
    SELECT gone + count(*) FROM cases c
    WHERE CASE s.indicator WHEN 'reintegration' THEN c.in_reintegration ELSE c.in_under18 END
  )
),
named AS (
  INSERT INTO sync_surplus (primero_id, indicator, sync_id, batch)
  SELECT primero_id, indicator, $3, $4::integer FROM surplus
  ON CONFLICT (primero_id, indicator) DO UPDATE
    SET sync_id = excluded.sync_id, batch = excluded.batch, removed_at = excluded.removed_at
),
judged AS MATERIALIZED (
  SELECT s.case_id,
    c.in_reintegration AND NOT bool_or(s.indicator = 'reintegration') AS in_reintegration,
    c.in_under18 AND NOT bool_or(s.indicator = 'under18') AS in_under18
  FROM surplus s JOIN cases c USING (case_id)
  GROUP BY s.case_id, c.in_reintegration, c.in_under18
),
kept AS (
  UPDATE cases c
  SET in_reintegration = j.in_reintegration, in_under18 = j.in_under18, sync_id = $3, last_updated_date = now()
  FROM judged j WHERE c.case_id = j.case_id AND (j.in_reintegration OR j.in_under18)
),
removed AS (
  DELETE FROM cases c USING judged j
  WHERE c.case_id = j.case_id AND NOT (j.in_reintegration OR j.in_under18)
  RETURNING c.case_id, c.primero_id
),
removed_services AS (
  DELETE FROM services s USING removed r WHERE s.case_id = r.case_id RETURNING 1
),
${reopenFreed('removed', '$3', '$4').trim()},
settled AS (
  DELETE FROM sync_rejects j USING ranges r WHERE j.scope = 'case' AND ${inRange('j')}
)
SELECT EXISTS (SELECT FROM refused) AS "isRefused",
       (SELECT count(*)::integer FROM surplus) AS surplus,
       (SELECT count(*)::integer FROM removed) AS removed,
       (SELECT count(*)::integer FROM removed_services) AS services`;
