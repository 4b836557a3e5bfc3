-- What ONA knows of a batch's sync before it is written.
-- In:  $1 sync id, $2 part, $3 batch, $4 a time, or null
-- Out: one row. `sync`: the row of syncs, null if there is none; `age_hours` since it began.
--           `next`: messages of this batch if it was already written; `is_overtaken`: a later batch of its part was written, too.
--      `other`: id of another sync under way; `other_age_hours` since its last batch.
--      `lists`: Primero's lists in the summary of the newest first batch that has them.
--           `complete_since`: when a complete census began, at that time or after it.
SELECT
  (SELECT to_jsonb(s) FROM syncs s WHERE s.sync_id = $1) AS sync,
  (SELECT extract(epoch FROM now() - s.began_at)::float8 / 3600 FROM syncs s WHERE s.sync_id = $1) AS age_hours,
  (SELECT b.next FROM sync_batches b WHERE b.sync_id = $1 AND b.part = $2 AND b.batch = $3) AS next,
  EXISTS (SELECT FROM sync_batches b WHERE b.sync_id = $1 AND b.part = $2 AND b.batch > $3) AS is_overtaken,
  other.sync_id AS other,
  extract(epoch FROM now() - coalesce(other.last_batch_at, other.began_at))::float8 / 3600 AS other_age_hours,
  other.kind AS other_kind,
  (SELECT b.summary -> 'lists' FROM sync_batches b
   WHERE b.batch = 1 AND jsonb_typeof(b.summary -> 'lists') = 'object' ORDER BY b.written_at DESC LIMIT 1) AS lists,
  (SELECT to_char(max(s.began_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') FROM syncs s
   WHERE s.kind = 'census' AND s.state = 'complete' AND s.began_at >= $4::timestamptz) AS complete_since
FROM (VALUES (1)) AS one
LEFT JOIN (
  SELECT s.sync_id, s.kind, s.began_at, (SELECT max(b.written_at) FROM sync_batches b WHERE b.sync_id = s.sync_id) AS last_batch_at
  FROM syncs s WHERE s.state = 'under way' AND s.sync_id <> $1
) AS other ON true
