-- Ids of children and of services that somebody else holds, or that a child of the batch gives up.
-- In:  $1 primero_ids of the batch, $2 their case_ids; $3 primero_ids of its services, $4 their unique_ids
-- Out: one row. `cases`: rows of cases that have one of these case_ids or belong to one of these children, where the two
--      do not go together; `services`: likewise. `counts`: whether their child counts for any indicator now.
WITH wanted AS MATERIALIZED (
  SELECT * FROM unnest($1::uuid[], $2::text[]) AS w (primero_id, case_id)
),
offered AS MATERIALIZED (
  SELECT * FROM unnest($3::uuid[], $4::text[]) AS o (primero_id, unique_id)
),
by_id AS (
  SELECT c.case_id, c.primero_id
  FROM cases c JOIN wanted w ON w.case_id = c.case_id
  WHERE c.case_id = ANY (ARRAY(SELECT case_id FROM wanted)) AND c.primero_id IS DISTINCT FROM w.primero_id
),
by_child AS (
  SELECT c.case_id, c.primero_id
  FROM cases c JOIN wanted w ON w.primero_id = c.primero_id
  WHERE c.primero_id = ANY (ARRAY(SELECT primero_id FROM wanted)) AND c.case_id <> w.case_id
),
held_services AS (
  SELECT s.unique_id, s.primero_id
  FROM services s JOIN offered o ON o.unique_id = s.unique_id
  WHERE s.unique_id = ANY (ARRAY(SELECT unique_id FROM offered)) AND s.primero_id <> o.primero_id
)
SELECT
  (SELECT json_agg(json_build_object('id', h.case_id, 'child', h.primero_id, 'counts', h.primero_id IS NOT NULL AND EXISTS (
     SELECT FROM case_indicators i WHERE i.primero_id = h.primero_id AND i.until IS NULL)))
   FROM (SELECT * FROM by_id UNION SELECT * FROM by_child) AS h) AS cases,
  (SELECT json_agg(json_build_object('id', h.unique_id, 'child', h.primero_id, 'counts', EXISTS (
     SELECT FROM case_indicators i WHERE i.primero_id = h.primero_id AND i.until IS NULL)))
   FROM (SELECT DISTINCT * FROM held_services) AS h) AS services
