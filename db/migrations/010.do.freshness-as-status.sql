-- As `status` says it: the count of the newest window, complete only where it holds, and gaps from the start of
-- records. Columns and caveats: docs/data.md.
CREATE OR REPLACE VIEW data_freshness AS
WITH indicators (indicator, counted, request) AS (VALUES
  ('4.8', 'reintegration', 'reintegration'),
  ('4.11a', 'under18', 'under18'),
  ('4.11a', 'under18', 'leavers') -- a child who turned 18 counts until they are read
),
lines AS (
  SELECT sync_id, window_to, written_at FROM sync_batches
  UNION ALL
  SELECT sync_id, window_to, checked_at FROM sync_proofs
),
ledger AS (
  -- START_OF_RECORDS of jobs/lib/settings.ts: what a broken first sync has not reached is missing too
  SELECT timestamptz '1970-01-01T00:00:00Z' AS start, max(window_to) AS window_to,
         (array_agg(sync_id ORDER BY written_at DESC, window_to DESC))[1] AS last_sync_id,
         max(written_at) AS last_sync_at
  FROM lines
),
coverage AS (
  SELECT i.indicator, i.counted,
         coalesce((SELECT range_agg(b.covered) FROM sync_batches b WHERE b.indicator = i.request),
                  '{}'::tstzmultirange)
         - coalesce((SELECT range_agg(reopened) FROM sync_reopened o, unnest(o.ranges) AS reopened
                     WHERE o.indicator = i.request), '{}'::tstzmultirange) AS covered
  FROM indicators i
),
joint AS (
  SELECT indicator, counted, range_intersect_agg(covered) AS covered FROM coverage GROUP BY indicator, counted
),
missing AS (
  SELECT j.*, l.*,
         CASE WHEN l.start <= l.window_to
           THEN tstzmultirange(tstzrange(l.start, l.window_to + interval '1 second')) - j.covered
           ELSE '{}'::tstzmultirange END AS gap_ranges
  FROM joint j CROSS JOIN ledger l
),
-- An old batch that is run again, and a backfill, prove their own, older window: the newest window's count stands.
counts AS (
  SELECT DISTINCT ON (indicator, window_to) indicator AS counted, id, window_to, expected, held, proven, checked_at
  FROM sync_proofs ORDER BY indicator, window_to, id DESC
),
last_counts AS (
  SELECT DISTINCT ON (counted) counted, window_to, proven FROM counts ORDER BY counted, id DESC
),
-- A difference found last takes back what was proven of its own window and of those after it: they contain it.
proven AS (
  SELECT m.indicator, max(c.window_to) AS complete_to
  FROM missing m
  JOIN counts c ON c.counted = m.counted AND c.proven
   AND tstzrange(m.start, c.window_to + interval '1 second') <@ m.covered
  JOIN last_counts l ON l.counted = m.counted AND (l.proven OR c.window_to < l.window_to)
  GROUP BY m.indicator
),
rejects AS (
  SELECT i.indicator, count(*) FILTER (WHERE r.scope = 'case') AS rejected_cases,
         count(*) FILTER (WHERE r.scope = 'service') AS rejected_services
  FROM (VALUES ('4.8'), ('4.11a')) AS i (indicator)
  JOIN sync_rejects r ON CASE i.indicator WHEN '4.8' THEN r.in_reintegration ELSE r.in_under18 END
  GROUP BY i.indicator
),
unmapped AS (
  SELECT u.indicator, jsonb_object_agg(u.field, u.met) AS unmapped
  FROM (
    SELECT i.indicator, each.key AS field, sum(each.value::bigint) AS met
    FROM (SELECT DISTINCT indicator, counted FROM indicators) i
    JOIN sync_batches b ON b.indicator = i.counted
    CROSS JOIN LATERAL jsonb_each_text(b.unmapped) AS each
    GROUP BY i.indicator, each.key
  ) u
  GROUP BY u.indicator
)
SELECT m.indicator, p.complete_to, m.window_to,
       coalesce(p.complete_to = m.window_to AND m.gap_ranges = '{}'::tstzmultirange, false) AS is_complete,
       m.last_sync_id, m.last_sync_at,
       (SELECT count(*) FROM unnest(m.gap_ranges)) AS gaps,
       lower(m.gap_ranges) AS first_gap_from, upper(m.gap_ranges) - interval '1 second' AS last_gap_to,
       newest.expected, newest.held, newest.checked_at,
       coalesce(r.rejected_cases, 0) AS rejected_cases, coalesce(r.rejected_services, 0) AS rejected_services,
       coalesce(u.unmapped, '{}') AS unmapped
FROM missing m
LEFT JOIN proven p USING (indicator)
LEFT JOIN rejects r USING (indicator)
LEFT JOIN unmapped u USING (indicator)
LEFT JOIN LATERAL (
  SELECT c.expected, c.held, c.checked_at FROM counts c WHERE c.counted = m.counted
  ORDER BY c.window_to DESC LIMIT 1
) newest ON true;
