-- What is open in a sync: the part of it that each batch must know.
-- In:  $1 sync id, $2 part, $3 how many ids a message holds
-- Out: one row. `open`: ids to ask about next; counts of the sync's findings: `unseen`, `unindexed` (the search lacks
--      them), `removals` (disabled or deleted), `deleted`
SELECT
  (SELECT coalesce(json_agg(o.primero_id), '[]') FROM (
     SELECT f.primero_id FROM sync_findings f
     WHERE f.sync_id = $1 AND f.part = $2::integer AND f.finding IS NULL ORDER BY f.primero_id LIMIT $3::integer) AS o) AS open,
  count(*) FILTER (WHERE finding = 'unseen')::integer AS unseen,
  count(*) FILTER (WHERE NOT indexed)::integer AS unindexed,
  count(*) FILTER (WHERE finding IN ('disabled', 'deleted'))::integer AS removals,
  count(*) FILTER (WHERE finding = 'deleted')::integer AS deleted
FROM sync_findings WHERE sync_id = $1
