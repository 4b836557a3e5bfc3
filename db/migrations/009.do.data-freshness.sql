-- How far the numbers can be trusted. Columns and caveats: docs/data.md.

-- From the ledger alone, one row for each indicator. Ranges in the ledger end before their upper bound, whole
-- seconds; times here are the last second that is covered or missing.
CREATE VIEW data_freshness AS
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
  SELECT (SELECT min(lower(covered)) FROM sync_batches) AS covered_from, max(window_to) AS window_to,
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
         CASE WHEN l.covered_from <= l.window_to
           THEN tstzmultirange(tstzrange(l.covered_from, l.window_to + interval '1 second')) - j.covered
           ELSE '{}'::tstzmultirange END AS gap_ranges
  FROM joint j CROSS JOIN ledger l
),
proven AS (
  SELECT m.indicator, max(p.window_to) AS complete_to
  FROM missing m
  JOIN sync_proofs p ON p.indicator = m.counted AND p.proven
   AND tstzrange(m.covered_from, p.window_to + interval '1 second') <@ m.covered
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
  SELECT s.expected, s.held, s.checked_at FROM sync_proofs s WHERE s.indicator = m.counted ORDER BY s.id DESC LIMIT 1
) newest ON true;

-- Values in use that have no label, and so show as codes: what a look at the codes' list should mend. A child
-- with two of them is in two rows.
CREATE VIEW unlabelled_values AS
WITH in_use AS (
  SELECT 'sex' AS column_name, sex AS value,
         count(*) FILTER (WHERE in_reintegration) AS cases_4_8, count(*) FILTER (WHERE in_under18) AS cases_4_11a
  FROM cases GROUP BY sex
  UNION ALL
  SELECT 'disabled', disabled, count(*) FILTER (WHERE in_reintegration), count(*) FILTER (WHERE in_under18)
  FROM cases GROUP BY disabled
  UNION ALL
  SELECT 'placement_type', placement_type, count(*) FILTER (WHERE in_reintegration),
         count(*) FILTER (WHERE in_under18)
  FROM cases GROUP BY placement_type
  UNION ALL
  SELECT 'consent_for_reporting', consent_for_reporting, count(*) FILTER (WHERE in_reintegration),
         count(*) FILTER (WHERE in_under18)
  FROM cases GROUP BY consent_for_reporting
),
services_in_use AS (
  SELECT DISTINCT service_type AS value FROM services WHERE service_type IS NOT NULL
)
SELECT u.column_name, u.value, u.cases_4_8, u.cases_4_11a
FROM in_use u
WHERE u.value IS NOT NULL AND u.cases_4_8 + u.cases_4_11a > 0
  AND NOT EXISTS (SELECT FROM indicator_labels l
                  WHERE l.column_name = u.column_name AND l.value = u.value AND l.label_en IS NOT NULL)
UNION ALL
SELECT 'service_type', u.value, count(DISTINCT c.case_id) FILTER (WHERE c.in_reintegration),
       count(DISTINCT c.case_id) FILTER (WHERE c.in_under18)
FROM services_in_use u
JOIN services s ON s.service_type = u.value
JOIN cases c ON c.case_id = s.case_id AND (c.in_reintegration OR c.in_under18)
WHERE NOT EXISTS (SELECT FROM indicator_labels l
                  WHERE l.column_name = 'service_type' AND l.value = u.value AND l.label_en IS NOT NULL)
GROUP BY u.value
UNION ALL
-- A place that the gazetteer lacks: counted, not named, as the field might hold anything.
SELECT 'location_code', NULL, count(*) FILTER (WHERE in_reintegration), count(*) FILTER (WHERE in_under18)
FROM cases
WHERE location_code IS NOT NULL AND province_current_code IS NULL AND (in_reintegration OR in_under18)
HAVING count(*) > 0;
