-- Children of the batch that get another case_id first give up the one they have, so that two can swap. Their services move with
-- them. A row of an earlier integration goes to the child that has its case_id now. If that child already has a row,
-- that row stays and the other one is removed. ONA keeps what a child that loses its row counted for. So the sync asks about it, and it
-- comes back when its id is free.
-- In:  $1 primero_ids, $2 their new case_ids, $3 children who lose their row to another one
-- Out: one row. `gone`: rows of cases that were removed; `taken_over`: rows of an earlier integration that got their child.
WITH granted AS MATERIALIZED (
  SELECT g.primero_id, g.case_id, c.case_id AS old_id, row_number() OVER () AS number
  FROM unnest($1::uuid[], $2::text[]) AS g (primero_id, case_id)
  LEFT JOIN cases c ON c.primero_id = g.primero_id
), left_behind AS (
  DELETE FROM cases c USING granted g
  WHERE c.case_id = g.case_id AND c.primero_id IS NULL AND g.old_id IS NOT NULL RETURNING 1
), taken_over AS (
  UPDATE cases c SET primero_id = g.primero_id FROM granted g
  WHERE c.case_id = g.case_id AND c.primero_id IS NULL AND g.old_id IS NULL RETURNING 1
), moving AS (
  UPDATE cases c SET case_id = '~' || g.number FROM granted g
  WHERE c.primero_id = g.primero_id AND g.old_id <> g.case_id
), following AS (
  UPDATE services s SET case_id = g.case_id FROM granted g
  WHERE s.primero_id = g.primero_id AND g.old_id <> g.case_id
), displaced AS (DELETE FROM cases c WHERE c.primero_id = ANY ($3::uuid[]) RETURNING 1),
displaced_services AS (DELETE FROM services s WHERE s.primero_id = ANY ($3::uuid[]))
SELECT (SELECT count(*)::integer FROM left_behind) + (SELECT count(*)::integer FROM displaced) AS gone,
       (SELECT count(*)::integer FROM taken_over) AS taken_over
