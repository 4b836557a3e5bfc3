-- Keeps a batch with the messages that follow it, and the new state of its sync.
-- In:  $1 sync id, $2 part, $3 batch, $4 messages, $5 summary, $6 state of the sync, $7 reason, $8 rows of cases removed at its end,
--      $9 last totals, $10 children to ask about
WITH written AS (
  INSERT INTO sync_batches (sync_id, part, batch, next, summary)
  VALUES ($1, $2::integer, $3::integer, $4::jsonb, $5::jsonb)
), asked AS (
  INSERT INTO sync_findings (sync_id, primero_id, part)
  SELECT $1, id, $2::integer FROM unnest($10::uuid[]) AS id
  ON CONFLICT (sync_id, primero_id) DO UPDATE SET finding = NULL, part = excluded.part
)
UPDATE syncs s
SET state = $6, reason = coalesce($7, s.reason), removed = s.removed + $8::integer,
    last_totals = coalesce($9::jsonb, s.last_totals), ended_at = CASE WHEN $6 <> 'under way' THEN now() END,
    held_after = CASE WHEN $6 <> 'under way' THEN (SELECT count(*) FROM cases) END
WHERE s.sync_id = $1
