-- What is open in a sync when a part has no window left.
-- In:  $1 sync id, $2 part, $3 how many ids a message holds, $4 how many windows are counted again at once,
--      $5 how often a child is asked about
-- Out: one row.
--           `others_ended`: no other part is under way; `is_covered`: the windows cover the whole range without a gap;
--      `read`: by indicator, children and ghosts of all windows;
--           `differing`: the first window that must be read again; `uncounted`: starts of windows that were not counted again yet, and
--           where the last of them ends; `unconfirmed`: ids that must be asked about once more before they are removed;
--           `rejects`: records and services whose id another child has: who wants it, who has it, and whether that child will be removed;
--      `rejected`: records that could not be loaded; `children`: records that were read
WITH windows AS (
  SELECT window_from, window_to, counts, recounted, differs,
         lag(window_to) OVER (ORDER BY window_from) AS end_before, row_number() OVER (ORDER BY window_from) AS number
  FROM sync_windows WHERE sync_id = $1
), parts AS (
  SELECT DISTINCT ON (part) part, jsonb_array_length(next) = 0 AS has_ended
  FROM sync_batches WHERE sync_id = $1 AND batch > 1 ORDER BY part, batch DESC
), uncounted AS (
  SELECT window_from, window_to FROM windows WHERE NOT recounted ORDER BY window_from LIMIT $4::integer
), waiting AS (
  SELECT r.primero_id, r.scope, holder.primero_id AS held_by, coalesce(f.finding IN ('disabled', 'deleted'), false) AS is_going
  FROM sync_rejects r
  -- A child that counts for nothing gives up its id to one that counts, so the id is as good as free.
  LEFT JOIN LATERAL (
    SELECT h.primero_id FROM (
      SELECT c.primero_id FROM cases c WHERE r.scope = 'case' AND c.case_id = r.wanted
      UNION ALL
      SELECT s.primero_id FROM services s WHERE r.scope = 'service' AND s.unique_id = r.wanted
    ) AS h
    WHERE r.indicators = '{}' OR EXISTS (SELECT FROM case_indicators i WHERE i.primero_id = h.primero_id AND i.until IS NULL)
  ) AS holder ON true
  LEFT JOIN sync_findings f ON f.sync_id = $1 AND f.primero_id = holder.primero_id
  LEFT JOIN sync_findings own ON own.sync_id = $1 AND own.primero_id = r.primero_id
  WHERE r.sync_id = $1 AND r.wanted IS NOT NULL AND coalesce(own.asked, 0) < $5::integer
    AND coalesce(own.finding NOT IN ('disabled', 'deleted'), true)
), unconfirmed AS (
  SELECT primero_id FROM sync_findings
  WHERE sync_id = $1 AND finding IN ('disabled', 'deleted') AND NOT confirmed ORDER BY primero_id LIMIT $3::integer
)
SELECT
  (SELECT s.parts FROM syncs s WHERE s.sync_id = $1)
    = (SELECT count(*) FROM (SELECT part FROM parts WHERE has_ended UNION SELECT $2::integer) AS ended) AS others_ended,
  (SELECT bool_and(w.window_from = CASE WHEN w.number = 1 THEN s.created_from ELSE w.end_before END)
          AND bool_or(w.window_to IS NOT DISTINCT FROM s.created_to) FROM windows w, syncs s WHERE s.sync_id = $1) AS is_covered,
  (SELECT coalesce(json_object_agg(t.name, t.read), '{}') FROM (
     SELECT c.key AS name, sum((c.value ->> 0)::bigint + (c.value ->> 1)::bigint) AS read
     FROM windows w, jsonb_each(w.counts) AS c GROUP BY c.key) AS t) AS read,
  (SELECT json_build_object('from', window_from, 'to', window_to) FROM windows WHERE differs LIMIT 1) AS differing,
  (SELECT coalesce(json_agg(window_from ORDER BY window_from), '[]') FROM uncounted) AS uncounted,
  (SELECT window_to FROM uncounted ORDER BY window_from DESC LIMIT 1) AS uncounted_to,
  (SELECT coalesce(json_agg(primero_id), '[]') FROM unconfirmed) AS unconfirmed,
  (SELECT coalesce(json_agg(json_build_object('child', w.primero_id, 'scope', w.scope, 'holder', w.held_by,
                                              'isGoing', w.is_going)), '[]') FROM waiting w) AS rejects,
  (SELECT count(*)::integer FROM sync_rejects WHERE sync_id = $1 AND scope = 'case') AS rejected,
  (SELECT coalesce(sum((b.summary -> 'all' ->> 'read')::bigint - (b.summary -> 'all' ->> 'inSeveral')::bigint), 0)::integer
   FROM sync_batches b WHERE b.sync_id = $1) AS children
