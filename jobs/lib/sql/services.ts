import { SERVICE_COLUMNS } from '../mapping/columns.ts';
import { assignments, names } from './recordset.ts';
import { unnest } from './unnest.ts';

const CONTENT = [...SERVICE_COLUMNS, { name: 'case_id', type: 'text' }];

/** A service of the batch, behind the position of its case among those of the batch: two children may have one case_id. */
const SERVICE_ROW_COLUMNS = [{ name: 'position', type: 'bigint' }, ...SERVICE_COLUMNS];

/**
 * Common table expressions that replace the services of the cases in `judged`: they write those that are new or
 * differ, and remove those that their case no longer has. Only of cases whose newest record the batch has: others
 * keep what they have. A service whose unique_id another child's case has is left out, unless that case gives it up in
 * the same batch: then it moves, and counts as removed (`given_up`) and as written (`to_write`). All in one statement, so
 * no row may be both deleted and updated. Removed by `ctid`: a table made by hand may have services without unique_id.
 *
 * From a row of nobody's, which an earlier integration left and no record has taken over, a service moves: whoever
 * waited for that row would wait for nobody, and in vain.
 *
 * `taken` has what was left out, with the child that has it (`held_by`). `yielding` has the children that gave services
 * up, also where these moved: a third one may wait for them.
 *
 * @param first number of the parameter with the rows' first column
 */
export const replaceServices = (first: number): string => `
owners AS MATERIALIZED (
  SELECT position, case_id, primero_id FROM judged
  WHERE says_services AND outcome IN ('inserted', 'updated', 'unchanged')
),
offered AS MATERIALIZED (
  SELECT r.*, o.case_id, o.primero_id FROM ${unnest(first, SERVICE_ROW_COLUMNS)} JOIN owners o USING (position)
),
given_up AS MATERIALIZED (
  SELECT s.ctid, s.unique_id, s.case_id FROM services s
  WHERE s.case_id = ANY (ARRAY(SELECT case_id FROM owners))
    AND NOT EXISTS (SELECT FROM offered i WHERE i.unique_id = s.unique_id AND i.case_id = s.case_id)
),
rivals AS (
  SELECT unique_id, min(case_id) AS case_id FROM offered GROUP BY unique_id HAVING count(*) > 1
),
different AS MATERIALIZED (
  SELECT i.*, s.unique_id IS NOT NULL AS is_held, s.case_id AS held_case_id
  FROM offered i
  LEFT JOIN services s ON s.unique_id = i.unique_id AND s.unique_id = ANY (ARRAY(SELECT unique_id FROM offered))
  WHERE ROW(${names(CONTENT, 's')}) IS DISTINCT FROM ROW(${names(CONTENT, 'i')})
),
claimed AS (
  SELECT d.*, coalesce(holder.case_id, newcomer.case_id, rivals.case_id, d.case_id) AS kept_by
  FROM different d
  LEFT JOIN rivals USING (unique_id)
  LEFT JOIN given_up g ON g.unique_id = d.unique_id
  LEFT JOIN cases holder
    ON holder.case_id = d.held_case_id AND holder.primero_id IS NOT NULL AND g.unique_id IS NULL
      AND holder.case_id = ANY (ARRAY(SELECT held_case_id FROM different))
  LEFT JOIN judged newcomer
    ON newcomer.outcome IN ('inserted', 'updated') AND newcomer.case_id = d.held_case_id AND g.unique_id IS NULL
),
to_write AS MATERIALIZED (
  SELECT *, kept_by <> case_id AS is_taken FROM claimed
),
taken AS (
  SELECT w.primero_id, w.unique_id,
         coalesce((SELECT primero_id FROM cases c WHERE c.case_id = w.kept_by), keeper.primero_id) AS held_by
  FROM to_write w
  LEFT JOIN judged keeper ON keeper.case_id = w.kept_by AND keeper.outcome IN ('inserted', 'updated')
  WHERE w.is_taken
),
yielding AS (
  SELECT o.primero_id FROM given_up JOIN owners o USING (case_id)
),
inserted_services AS (
  INSERT INTO services (${names(CONTENT)})
  SELECT ${names(CONTENT)} FROM to_write WHERE NOT is_held AND NOT is_taken
),
updated_services AS (
  UPDATE services s SET ${assignments(CONTENT.slice(1), 'w')}
  FROM to_write w
  WHERE s.unique_id = ANY (ARRAY(SELECT unique_id FROM to_write WHERE is_held AND NOT is_taken))
    AND s.unique_id = w.unique_id AND NOT w.is_taken
),
removed_services AS (
  DELETE FROM services WHERE ctid = ANY (ARRAY(
    SELECT g.ctid FROM given_up g
    WHERE NOT EXISTS (SELECT FROM to_write w WHERE w.unique_id = g.unique_id AND NOT w.is_taken)
  ))
)`;
