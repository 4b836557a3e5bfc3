-- Which syncs are worth telling of, and what ONA holds.
-- Out: one row. `left_cases`, `left_services`: rows of an earlier integration that no record has taken over;
--      `newest`: the sync that began last; `census`: the complete census that began last; `changes`: what was
--      brought over since by a sync of changes only. Rejects are of whatever sync: what is not loaded now.
WITH census AS (
  SELECT sync_id, began_at FROM syncs WHERE kind = 'census' AND state = 'complete' ORDER BY began_at DESC LIMIT 1
)
SELECT
  (SELECT sync_id FROM syncs ORDER BY began_at DESC LIMIT 1) AS newest,
  (SELECT sync_id FROM census) AS census,
  (SELECT s.sync_id FROM syncs s
   WHERE s.kind = 'changes' AND s.state = 'complete' AND s.began_at > (SELECT began_at FROM census)
   ORDER BY s.began_at DESC LIMIT 1) AS changes,
  (SELECT extract(epoch FROM now() - began_at)::float8 / 86400 FROM census) AS census_age_days,
  (SELECT count(*)::integer FROM cases) AS cases,
  (SELECT count(*)::integer FROM services) AS services,
  (SELECT count(*)::integer FROM cases WHERE primero_id IS NULL) AS left_cases,
  (SELECT count(*)::integer FROM services WHERE primero_id IS NULL) AS left_services,
  (SELECT count(DISTINCT primero_id)::integer FROM sync_rejects WHERE scope = 'case') AS rejected_cases,
  (SELECT count(*)::integer FROM sync_rejects WHERE scope = 'service') AS rejected_services
