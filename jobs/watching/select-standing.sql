-- How far this quarter's census is, by ONA's clock.
-- Out: one row. `quarter`: its first day. `sync`: the complete census that began last in it, or else the census that began
--           last in it; null if none did. `last_batch`: the newest batch of that census; null if it has none.
--           `counts`: children that count now, by indicator. `held`, `not_loaded`: children, and records of children.
--           `changes`: sums of what the batches of that census did. `lists_changed`: what it found changed in Primero's lists
WITH quarter AS (
  SELECT date_trunc('quarter', now() AT TIME ZONE 'UTC') AS first_day
), census AS (
  SELECT s.sync_id, s.state, s.reason,
         to_char(s.began_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS began_at
  FROM syncs s, quarter q
  WHERE s.kind = 'census' AND s.began_at >= q.first_day AT TIME ZONE 'UTC'
  ORDER BY s.state = 'complete' DESC, s.began_at DESC
  LIMIT 1
), batches AS (
  SELECT b.* FROM sync_batches b JOIN census c ON c.sync_id = b.sync_id
)
SELECT
  (SELECT to_char(first_day, 'YYYY-MM-DD') FROM quarter) AS quarter,
  (SELECT to_jsonb(c) FROM census c) AS sync,
  (SELECT jsonb_build_object(
     'part', b.part, 'batch', b.batch,
     'written_at', to_char(b.written_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
   FROM batches b ORDER BY b.written_at DESC, b.batch DESC LIMIT 1) AS last_batch,
  (SELECT coalesce(jsonb_object_agg(i.indicator, i.count), '{}') FROM (
     SELECT indicator, count(*)::integer AS count FROM case_indicators WHERE until IS NULL GROUP BY indicator
   ) AS i) AS counts,
  (SELECT count(*)::integer FROM cases) AS held,
  (SELECT count(DISTINCT primero_id)::integer FROM sync_rejects WHERE scope = 'case') AS not_loaded,
  (SELECT jsonb_build_object(
     'new', coalesce(sum((b.summary -> 'all' ->> 'new')::integer), 0),
     'changed', coalesce(sum((b.summary -> 'all' ->> 'changed')::integer), 0),
     'removed', coalesce(sum((b.summary ->> 'removed')::integer), 0)) FROM batches b) AS changes,
  coalesce((SELECT b.summary -> 'listsChanged' FROM batches b WHERE b.part = 1 AND b.batch = 1), '[]') AS lists_changed
