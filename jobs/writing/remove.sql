-- Removes children that Primero has twice said to be disabled or deleted, with their services. How they were counted is
-- read before that.
-- In:  $1 sync id
-- Out: one row: `children`, `services`; and `looked_at`, which has no meaning
WITH going AS MATERIALIZED (SELECT primero_id FROM sync_findings WHERE sync_id = $1 AND confirmed),
services_gone AS (DELETE FROM services s USING going g WHERE s.primero_id = g.primero_id RETURNING 1),
indicators_gone AS (DELETE FROM case_indicators i USING going g WHERE i.primero_id = g.primero_id),
rejects_gone AS (DELETE FROM sync_rejects r USING going g WHERE r.primero_id = g.primero_id),
children_gone AS (DELETE FROM cases c USING going g WHERE c.primero_id = g.primero_id RETURNING 1)
SELECT (SELECT count(*)::integer FROM children_gone) AS children, (SELECT count(*)::integer FROM services_gone) AS services,
       figures_before(ARRAY(SELECT primero_id FROM going), '{}', '{}') AS looked_at
