-- Writes what Primero said of children whose question is still open. A child that it has twice said to be disabled or deleted is confirmed.
-- In:  $1 sync id, $2 ids, $3 findings, $4 whether the search has them
-- Out: ids that were open
UPDATE sync_findings f
SET finding = a.finding, indexed = a.indexed AND f.indexed, asked = f.asked + 1, found_at = now(),
    confirmed = f.finding IS NOT NULL AND a.finding IN ('disabled', 'deleted')
FROM unnest($2::uuid[], $3::text[], $4::boolean[]) AS a (primero_id, finding, indexed)
WHERE f.sync_id = $1 AND f.primero_id = a.primero_id
  AND (f.finding IS NULL OR (f.finding IN ('disabled', 'deleted') AND NOT f.confirmed))
RETURNING f.primero_id
