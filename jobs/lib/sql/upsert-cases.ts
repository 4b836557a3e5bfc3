import { CASE_COLUMNS } from '../mapping/columns.ts';
import { assignments, IDENTITY, names } from './recordset.ts';
import { unnest } from './unnest.ts';

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
 * `OFFSET 0` keeps each look-up a look-up by key: PostgreSQL would rather join 2,500 rows with all of a middling ONA.
 *
 * Parameters: sync id, columns of the rows. Returns counts by indicator and outcome, and for each clash who has the
 * case_id.
 */
export const UPSERT_CASES = `
WITH incoming AS MATERIALIZED (SELECT * FROM ${unnest(2, CASE_ROW_COLUMNS)}),
claims AS (
  SELECT DISTINCT ON (case_id) case_id, primero_id AS claimed_by FROM incoming
  WHERE case_id IN (SELECT case_id FROM incoming GROUP BY case_id HAVING count(*) > 1)
  ORDER BY case_id, primero_updated_at, primero_id
),
met AS (
  SELECT i.*, c.case_id IS NOT NULL AS is_held, c.primero_updated_at AS held_at, c.primero_id IS NULL AS is_nobodys,
         coalesce(c.primero_id, claims.claimed_by, i.primero_id) AS held_by,
         own.case_id <> i.case_id AS is_older,
         ROW(${names(CONTENT, 'c')}) IS DISTINCT FROM ROW(${names(CONTENT, 'i')}) AS differs
  FROM incoming i
  LEFT JOIN claims USING (case_id)
  LEFT JOIN LATERAL (SELECT * FROM cases WHERE cases.case_id = i.case_id OFFSET 0) c ON true
  LEFT JOIN LATERAL (SELECT case_id FROM cases WHERE cases.primero_id = i.primero_id OFFSET 0) own ON true
),
judged AS MATERIALIZED (
  SELECT met.*, CASE
    WHEN is_older THEN 'unchanged' -- a newer record of this child gave it another case_id
    WHEN held_by <> primero_id THEN 'clash'
    WHEN NOT is_held THEN 'inserted'
    WHEN is_nobodys OR held_at IS NULL OR primero_updated_at > held_at THEN 'updated'
    WHEN primero_updated_at = held_at AND differs THEN 'updated'
    ELSE 'unchanged'
  END AS outcome
  FROM met
),
written AS (
  INSERT INTO cases (${names(CONTENT)}, sync_id, last_updated_date)
  SELECT ${names(CONTENT)}, $1, now() FROM judged WHERE outcome IN ('inserted', 'updated')
  ON CONFLICT (case_id) DO UPDATE SET
    ${assignments(CONTENT.slice(1), 'excluded')}, sync_id = excluded.sync_id, last_updated_date = excluded.last_updated_date
)
SELECT indicator, outcome, count(*)::integer AS count,
       json_agg(json_build_object('primero_id', primero_id, 'held_by', held_by))
         FILTER (WHERE outcome = 'clash') AS clashes
FROM judged GROUP BY indicator, outcome`;
