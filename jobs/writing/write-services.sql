-- Makes the services of children the same as in Primero: writes those that are new or differ, and removes those that a child no
-- longer has. A service that another child of the batch has now moves to that child.
-- In:  $1 children; $2 those of them whose services could not all be loaded, $3 the unique_ids of these services: ONA keeps them;
--           from $4 on the services, one list for each column: child, case_id, then the columns of mapping/columns.ts
-- Out: one row. `held`: services that ONA had of these children; `removed`; `written`
WITH kept AS MATERIALIZED (SELECT * FROM unnest($2::uuid[], $3::text[]) AS k (primero_id, unique_id)),
offered AS MATERIALIZED (
  SELECT * FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
    AS o (primero_id, case_id, unique_id, service_type, service_date)
), own AS MATERIALIZED (
  SELECT s.ctid, s.primero_id, s.case_id, s.unique_id, s.service_type, s.service_date
  FROM services s WHERE s.primero_id = ANY ($1::uuid[])
), held AS MATERIALIZED (
  SELECT ctid, unique_id, primero_id FROM own
  UNION ALL
  -- Without a child, but with the case_id of one of these: left by an earlier integration, or changed by hand.
  SELECT s.ctid, s.unique_id, c.primero_id FROM cases c JOIN services s ON s.case_id = c.case_id AND s.primero_id IS NULL
  WHERE c.primero_id = ANY ($1::uuid[])
),
-- Only services that the child does not already have in exactly this form are looked up by id.
differing AS MATERIALIZED (
  SELECT primero_id, case_id, unique_id, service_type, service_date AT TIME ZONE 'UTC' AS service_date FROM offered
  EXCEPT
  SELECT primero_id, case_id, unique_id, service_type, service_date FROM own
), different AS MATERIALIZED (
  SELECT d.*, s.unique_id IS NOT NULL AS is_held
  FROM differing d
  LEFT JOIN services s ON s.unique_id = d.unique_id AND s.unique_id = ANY (ARRAY(SELECT unique_id FROM differing))
), inserted AS (
  INSERT INTO services (unique_id, primero_id, case_id, service_type, service_date)
  SELECT unique_id, primero_id, case_id, service_type, service_date FROM different WHERE NOT is_held
), updated AS (
  UPDATE services s
  SET primero_id = d.primero_id, case_id = d.case_id, service_type = d.service_type, service_date = d.service_date
  FROM different d
  WHERE d.is_held AND s.unique_id = d.unique_id
    AND s.unique_id = ANY (ARRAY(SELECT unique_id FROM different WHERE is_held))
), gone AS MATERIALIZED (
  SELECT h.ctid, h.primero_id FROM held h
  WHERE NOT EXISTS (SELECT FROM offered o WHERE o.unique_id = h.unique_id)
    AND NOT EXISTS (SELECT FROM kept k WHERE k.unique_id = h.unique_id AND k.primero_id = h.primero_id)
), removed AS (DELETE FROM services WHERE ctid = ANY (ARRAY(SELECT ctid FROM gone)))
SELECT (SELECT count(*)::integer FROM held) AS held, (SELECT count(*)::integer FROM gone) AS removed, (SELECT count(*)::integer FROM different) AS written,
       figures_before(ARRAY(SELECT primero_id FROM different UNION SELECT primero_id FROM gone), '{}', '{}') AS looked_at
