import { CASE_COLUMNS } from '../mapping/columns.ts';
import { assignments, IDENTITY, names } from './recordset.ts';
import { unnest } from './unnest.ts';

/** What a batch says of a case: all columns but those that say when and by which sync it was written. */
export const CASE_CONTENT = [...CASE_COLUMNS, ...IDENTITY];

/** A case of the batch, and whether its record says which services it has. */
export const CASE_ROW_COLUMNS = [
  { name: 'indicator', type: 'text' },
  { name: 'says_services', type: 'boolean' },
  ...CASE_CONTENT,
];

/**
 * Common table expressions that write cases: one that is not there is inserted; one that is there is rewritten only
 * by a newer record, or by one as new with different content (a mapping changed). Rows that stay as they are aren't
 * touched, not even locked. `judged` has each case of the batch with what became of it.
 *
 * A row without a primero_id was left by an earlier integration: the record with its case_id takes it over.
 * Of two children with one case_id the one that ONA has stays; among new ones, the one updated first.
 *
 * No ON CONFLICT: what it would overwrite, somebody else has written this very moment, and nobody has judged it. It
 * also takes half as long again as a plain INSERT. `ANY` of an array keeps each look-up one by key, all keys in their
 * order: PostgreSQL would rather join 2,500 rows with all of a middling ONA.
 *
 * @param syncId the parameter that holds it
 * @param first number of the parameter with the rows' first column
 */
export const upsertCases = (syncId: string, first: number): string => `
incoming AS MATERIALIZED (
  SELECT * FROM ${unnest(first, CASE_ROW_COLUMNS, 'position')}
),
claims AS (
  SELECT DISTINCT ON (case_id) case_id, primero_id AS claimed_by FROM incoming
  WHERE case_id IN (SELECT case_id FROM incoming GROUP BY case_id HAVING count(*) > 1)
  ORDER BY case_id, primero_updated_at, primero_id
),
met AS (
  SELECT i.*, c.case_id IS NOT NULL AS is_held, c.primero_updated_at AS held_at, c.primero_id IS NULL AS is_nobodys,
         coalesce(c.primero_id, claims.claimed_by, i.primero_id) AS held_by,
         own.case_id <> i.case_id AS is_older,
         ROW(${names(CASE_CONTENT, 'c')}) IS DISTINCT FROM ROW(${names(CASE_CONTENT, 'i')}) AS differs
  FROM incoming i
  LEFT JOIN claims USING (case_id)
  LEFT JOIN cases c ON c.case_id = i.case_id AND c.case_id = ANY (ARRAY(SELECT case_id FROM incoming))
  LEFT JOIN cases own ON own.primero_id = i.primero_id AND own.primero_id = ANY (ARRAY(SELECT primero_id FROM incoming))
),
judged AS MATERIALIZED (
  SELECT met.*, CASE
    WHEN is_older THEN 'outdated' -- a newer record of this child gave it another case_id
    WHEN held_by <> primero_id THEN 'clash'
    WHEN NOT is_held THEN 'inserted'
    WHEN is_nobodys OR held_at IS NULL OR primero_updated_at > held_at THEN 'updated'
    WHEN primero_updated_at < held_at THEN 'outdated'
    WHEN differs THEN 'updated'
    ELSE 'unchanged'
  END AS outcome
  FROM met
),
inserted AS (
  INSERT INTO cases (${names(CASE_CONTENT)}, sync_id, last_updated_date)
  SELECT ${names(CASE_CONTENT)}, ${syncId}, now() FROM judged WHERE outcome = 'inserted'
),
updated AS (
  UPDATE cases c SET ${assignments(CASE_CONTENT.slice(1), 'j')}, sync_id = ${syncId}, last_updated_date = now()
  FROM judged j
  WHERE c.case_id = ANY (ARRAY(SELECT case_id FROM judged WHERE outcome = 'updated'))
    AND j.outcome = 'updated' AND c.case_id = j.case_id
)`;
