import { CASE_COLUMNS } from '../mapping/columns.ts';
import { assignments, IDENTITY, names, recordset } from './recordset.ts';

/** What a batch says of a case: all columns but those that say when and by which sync it was written. */
const CONTENT = [...CASE_COLUMNS, ...IDENTITY];

export const CASE_ROW_COLUMNS = [{ name: 'indicator', type: 'text' }, ...CONTENT];

/**
 * Writes cases: one that is not there is inserted; one that is there is rewritten only by a newer record, or
 * by one as new with different content (a mapping changed). Rows that stay as they are aren't touched, not
 * even locked: ON CONFLICT alone would write to the log for each of them.
 *
 * A row without a primero_id was left by an earlier integration: the record with its case_id takes it over.
 * Of two children with one case_id the one that ONA has stays; among new ones, the one updated first.
 *
 * Parameters: rows, sync id. Returns counts by indicator and outcome, and for each clash who has the case_id.
 */
export const UPSERT_CASES = `
WITH incoming AS MATERIALIZED (SELECT * FROM ${recordset('$1', CASE_ROW_COLUMNS)}),
met AS (
  SELECT i.*, c.case_id IS NOT NULL AS is_held, c.primero_id AS held_by, c.primero_updated_at AS held_at,
         own.case_id <> i.case_id AS is_older,
         ROW(${names(CONTENT, 'c')}) IS DISTINCT FROM ROW(${names(CONTENT, 'i')}) AS differs,
         first_value(i.primero_id) OVER (
           PARTITION BY i.case_id
           ORDER BY c.primero_id = i.primero_id DESC NULLS LAST, i.primero_updated_at, i.primero_id
         ) AS claimed_by
  FROM incoming i
  LEFT JOIN cases c ON c.case_id = i.case_id
  LEFT JOIN cases own ON own.primero_id = i.primero_id
),
judged AS MATERIALIZED (
  SELECT met.*, CASE
    WHEN is_older THEN 'unchanged' -- a newer record of this child gave it another case_id
    WHEN coalesce(held_by, claimed_by) <> primero_id THEN 'clash'
    WHEN NOT is_held THEN 'inserted'
    WHEN held_by IS NULL OR held_at IS NULL OR primero_updated_at > held_at THEN 'updated'
    WHEN primero_updated_at = held_at AND differs THEN 'updated'
    ELSE 'unchanged'
  END AS outcome
  FROM met
),
written AS (
  INSERT INTO cases (${names(CONTENT)}, sync_id, last_updated_date)
  SELECT ${names(CONTENT)}, $2, now() FROM judged WHERE outcome IN ('inserted', 'updated')
  ON CONFLICT (case_id) DO UPDATE SET
    ${assignments(CONTENT.slice(1), 'excluded')}, sync_id = excluded.sync_id, last_updated_date = excluded.last_updated_date
)
SELECT indicator, outcome, count(*)::integer AS count,
       json_agg(json_build_object('primero_id', primero_id, 'held_by', coalesce(held_by, claimed_by)))
         FILTER (WHERE outcome = 'clash') AS clashes
FROM judged GROUP BY indicator, outcome`;
