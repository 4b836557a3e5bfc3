-- Notes what a batch found: its windows, who is absent from them, whom it brought, and what could not be loaded. Also notes why
-- children are counted differently now, as counts.
-- In:  $1 sync id, $2 part, $3 ids that the windows brought,
--      $4 to $6 windows (from, to, counts), $7 whether the sync knows who is absent,
--      $8 all ids of the batch; $9 to $14 rejects (primero_id, scope, field, reason, wanted, indicators),
--      $15 starts of windows that were counted again, $16 their totals by indicator
-- Out: one row: `absent`, the number of new absent children
WITH windows AS MATERIALIZED (
  SELECT * FROM unnest($4::timestamptz[], $5::timestamptz[], $6::jsonb[]) AS w (window_from, window_to, counts)
), noted AS (
  INSERT INTO sync_windows (sync_id, window_from, window_to, counts)
  SELECT $1, window_from, window_to, counts FROM windows
  ON CONFLICT (sync_id, window_from) DO UPDATE SET window_to = excluded.window_to, counts = excluded.counts, differs = false
), recounted AS (
  UPDATE sync_windows w
  SET recounted = true, differs = EXISTS (SELECT FROM jsonb_each(w.counts) AS c
        WHERE (c.value ->> 0)::bigint + (c.value ->> 1)::bigint <> (r.totals ->> c.key)::bigint)
  FROM unnest($15::timestamptz[], $16::jsonb[]) AS r (window_from, totals)
  WHERE w.sync_id = $1 AND w.window_from = r.window_from
), brought AS MATERIALIZED (SELECT id AS primero_id FROM unnest($3::uuid[]) AS id),
absent AS (
  INSERT INTO sync_findings (sync_id, primero_id, part)
  SELECT $1, c.primero_id, $2::integer
  FROM (
    SELECT c.primero_id FROM windows w JOIN cases c
      ON c.primero_created_at >= w.window_from AND c.primero_created_at < coalesce(w.window_to, 'infinity')
    UNION
    -- Children without a time of creation belong to the last window, and so do those that were deleted from cases by hand.
    SELECT c.primero_id FROM cases c WHERE (SELECT bool_or(window_to IS NULL) FROM windows) AND c.primero_created_at IS NULL
    UNION
    SELECT k.primero_id FROM (SELECT primero_id FROM case_indicators UNION SELECT primero_id FROM services) AS k
    WHERE (SELECT bool_or(window_to IS NULL) FROM windows) AND NOT EXISTS (SELECT FROM cases c WHERE c.primero_id = k.primero_id)
  ) AS c
  WHERE $7::boolean AND c.primero_id IS NOT NULL AND NOT EXISTS (SELECT FROM brought b WHERE b.primero_id = c.primero_id)
  ON CONFLICT (sync_id, primero_id) DO NOTHING
  RETURNING 1
), taken_back AS (
  UPDATE sync_findings f SET finding = 'counts', confirmed = false, found_at = now()
  WHERE f.sync_id = $1 AND f.primero_id = ANY ($3::uuid[]) AND f.finding IS DISTINCT FROM 'counts'
), rejects AS MATERIALIZED (
  SELECT primero_id, scope, field, reason, wanted, string_to_array(indicators, ',') AS indicators
  FROM unnest($9::uuid[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[])
    AS r (primero_id, scope, field, reason, wanted, indicators)
), settled AS (
  DELETE FROM sync_rejects j
  WHERE j.primero_id = ANY ($8::uuid[])
    AND NOT EXISTS (SELECT FROM rejects r WHERE r.primero_id = j.primero_id AND r.field = j.field)
), rejected AS (
  INSERT INTO sync_rejects (sync_id, primero_id, scope, field, reason, wanted, indicators)
  SELECT DISTINCT ON (primero_id, field) $1, primero_id, scope, field, reason, wanted, indicators FROM rejects
  ON CONFLICT (primero_id, field) DO UPDATE SET (sync_id, scope, reason, wanted, indicators)
    = (excluded.sync_id, excluded.scope, excluded.reason, excluded.wanted, excluded.indicators)
  -- A child outside of the batch has just lost its row. If this sync has read its record, it is already known which id it wants.
  WHERE excluded.primero_id = ANY ($8::uuid[]) OR sync_rejects.sync_id <> $1
)
SELECT count(*)::integer AS absent, figures_after($1, NULL) AS noted FROM absent
