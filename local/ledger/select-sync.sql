-- What the ledger has of one sync.
-- In:  $1 sync id
-- Out: one row, none where ONA knows no such sync.
--      `summaries`: of its batches, in the order in which they were written; `pending`: messages that follow the last batch
--      of each part; `idle_seconds` since its last batch; `findings`: children by finding, `open` where there is none yet;
--      `rejects`: how many records or services could not be loaded, by place and reason
WITH batches AS (
  SELECT part, batch, next, summary, written_at FROM sync_batches WHERE sync_id = $1
),
last AS (
  -- The first batch is followed by messages of all parts: a part that has a batch of its own goes on from that.
  SELECT m.message
  FROM batches b, jsonb_array_elements(b.next) AS m (message)
  WHERE NOT EXISTS (
    SELECT FROM batches later
    WHERE later.part = (m.message ->> 'part')::integer AND later.batch >= (m.message ->> 'batch')::integer
  )
  ORDER BY m.message ->> 'part'
)
SELECT
  s.sync_id, s.kind, s.created_from, s.created_to, s.changed_since, s.parts, s.began_at, s.state, s.reason, s.ended_at,
  s.held_before::integer, s.held_after::integer, s.expired,
  (SELECT max(b.written_at) FROM batches b) AS last_batch_at,
  extract(epoch FROM now() - coalesce((SELECT max(b.written_at) FROM batches b), s.began_at))::integer AS idle_seconds,
  -- None where somebody dropped the column, and `migrate` made it again.
  (SELECT coalesce(json_agg(b.summary ORDER BY b.written_at, b.part, b.batch), '[]')
   FROM batches b WHERE b.summary IS NOT NULL) AS summaries,
  (SELECT coalesce(json_agg(l.message), '[]') FROM last l) AS pending,
  (SELECT coalesce(json_object_agg(f.finding, f.count), '{}') FROM (
     SELECT coalesce(finding, 'open') AS finding, count(*)::integer AS count
     FROM sync_findings WHERE sync_id = $1 GROUP BY 1
   ) AS f) AS findings,
  (SELECT coalesce(json_agg(r ORDER BY r.count DESC, r.scope, r.field, r.reason), '[]') FROM (
     SELECT scope, field, reason, count(*)::integer AS count
     FROM sync_rejects WHERE sync_id = $1 GROUP BY scope, field, reason
   ) AS r) AS rejects
FROM syncs s
WHERE s.sync_id = $1
