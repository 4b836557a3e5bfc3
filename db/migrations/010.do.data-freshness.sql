-- How far the numbers can be trusted: one row for each indicator, from what ONA keeps of each sync. Columns and
-- caveats: docs/data.md.
CREATE VIEW data_freshness WITH (security_barrier) AS
WITH indicators AS (
  SELECT code AS indicator, name AS counted, position FROM indicator_definitions
),
last_complete AS (
  SELECT * FROM syncs WHERE kind = 'census' AND state = 'complete' ORDER BY began_at DESC LIMIT 1
),
since AS (
  SELECT * FROM syncs s WHERE NOT EXISTS (SELECT FROM last_complete c WHERE s.began_at <= c.began_at)
),
-- What changed since a later day than the census would leave some days out.
changes AS (
  SELECT max(s.began_at) AS began_at
  FROM since s
  JOIN last_complete c ON s.changed_since <= c.began_at
  WHERE s.kind = 'changes' AND s.state = 'complete'
),
under_way AS (
  SELECT s.sync_id, s.began_at,
         (SELECT max(b.written_at) FROM sync_batches b WHERE b.sync_id = s.sync_id) AS last_batch_at
  FROM syncs s
  WHERE s.state = 'under way'
),
incomplete AS (
  SELECT sync_id, began_at, ended_at, reason
  FROM since
  WHERE kind = 'census' AND state IN ('ended', 'superseded')
  ORDER BY began_at DESC
  LIMIT 1
),
rejects AS (
  SELECT i.indicator, count(*) FILTER (WHERE r.scope = 'case') AS cases,
         count(*) FILTER (WHERE r.scope = 'service') AS services
  FROM indicators i
  JOIN sync_rejects r ON i.counted = ANY (r.indicators)
  GROUP BY i.indicator
),
unseen AS (
  SELECT i.indicator, count(*) AS children
  FROM last_complete c
  JOIN sync_findings f ON f.sync_id = c.sync_id AND f.finding = 'unseen'
  JOIN case_indicators held ON held.primero_id = f.primero_id AND held.until IS NULL
  JOIN indicators i ON i.counted = held.indicator
  GROUP BY i.indicator
),
unmapped AS (
  SELECT jsonb_object_agg(u.field, u.met) AS fields
  FROM (
    SELECT each.key AS field, sum(each.value::bigint) AS met
    FROM last_complete c
    JOIN sync_batches b ON b.sync_id = c.sync_id
    CROSS JOIN LATERAL jsonb_each_text(
      CASE jsonb_typeof(b.summary -> 'unmapped') WHEN 'object' THEN b.summary -> 'unmapped' END
    ) AS each
    GROUP BY each.key
  ) u
)
SELECT i.indicator,
       c.sync_id IS NOT NULL AND c.reason IS NULL AND n.sync_id IS NULL AS is_complete,
       c.sync_id AS complete_sync_id, c.began_at AS complete_began_at, c.ended_at AS complete_ended_at,
       c.reason AS complete_but_for,
       changes.began_at AS changes_to,
       w.sync_id AS under_way_sync_id, w.began_at AS under_way_began_at, w.last_batch_at AS under_way_last_batch_at,
       n.sync_id AS incomplete_sync_id, n.began_at AS incomplete_began_at, n.ended_at AS incomplete_ended_at,
       n.reason AS incomplete_because,
       coalesce(r.cases, 0) AS rejected_cases, coalesce(r.services, 0) AS rejected_services,
       coalesce(unseen.children, 0) AS unseen,
       coalesce(unmapped.fields, '{}') AS unmapped
FROM indicators i
CROSS JOIN changes
CROSS JOIN unmapped
LEFT JOIN last_complete c ON true
LEFT JOIN under_way w ON true
LEFT JOIN incomplete n ON true
LEFT JOIN rejects r USING (indicator)
LEFT JOIN unseen USING (indicator)
ORDER BY i.position;
