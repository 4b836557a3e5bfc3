-- Ids of children and of services that another child holds, or that a child of the batch gives up. It also reads how these
-- children are counted before any of them is written.
-- In:  $1 primero_ids of the batch, $2 their case_ids; $3 primero_ids of its services, $4 their unique_ids
-- Out: one row. `cases`: rows of cases that have one of these case_ids or belong to one of these children, if id and child
--           do not match; `services`: the same for services. `counts`: whether their child counts for any indicator now.
WITH wanted AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::text[]) AS w (primero_id, case_id)),
offered AS MATERIALIZED (SELECT * FROM unnest($3::uuid[], $4::text[]) AS o (primero_id, unique_id)),
own_cases AS MATERIALIZED (SELECT primero_id, case_id FROM cases WHERE primero_id = ANY ($1::uuid[])),
own_services AS MATERIALIZED (SELECT primero_id, unique_id FROM services WHERE primero_id = ANY ($1::uuid[])),
-- An id that its child already has belongs to nobody else. So only other ids are looked up.
other_cases AS MATERIALIZED (SELECT primero_id, case_id FROM wanted EXCEPT SELECT primero_id, case_id FROM own_cases),
other_services AS MATERIALIZED (SELECT primero_id, unique_id FROM offered EXCEPT SELECT primero_id, unique_id FROM own_services),
cases_held AS (
  SELECT c.case_id AS id, c.primero_id AS child FROM cases c JOIN other_cases w ON w.case_id = c.case_id
  WHERE c.case_id = ANY (ARRAY(SELECT case_id FROM other_cases)) AND c.primero_id IS DISTINCT FROM w.primero_id
  UNION
  SELECT c.case_id, c.primero_id FROM own_cases c JOIN other_cases w ON w.primero_id = c.primero_id
), services_held AS (
  SELECT DISTINCT s.unique_id AS id, s.primero_id AS child FROM services s JOIN other_services o ON o.unique_id = s.unique_id
  WHERE s.unique_id = ANY (ARRAY(SELECT unique_id FROM other_services)) AND s.primero_id <> o.primero_id
), counting AS (
  SELECT DISTINCT primero_id FROM case_indicators
  WHERE until IS NULL AND primero_id = ANY (ARRAY(SELECT child FROM cases_held UNION SELECT child FROM services_held))
)
SELECT figures_before(ARRAY(SELECT primero_id FROM other_cases UNION SELECT child FROM cases_held), ARRAY(SELECT case_id FROM other_cases),
                      ARRAY(SELECT unique_id FROM other_services)) AS looked_at,
  (SELECT json_agg(json_build_object('id', id, 'child', child, 'counts', k.primero_id IS NOT NULL))
   FROM cases_held LEFT JOIN counting k ON k.primero_id = child) AS cases,
  (SELECT json_agg(json_build_object('id', id, 'child', child, 'counts', k.primero_id IS NOT NULL))
   FROM services_held LEFT JOIN counting k ON k.primero_id = child) AS services
