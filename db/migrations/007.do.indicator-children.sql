-- Which children each indicator counts, in which quarter: one row for each child, indicator, measure and quarter, and who
-- does not count has the reason. All that is counted is counted from this view. It has a row for each child, so it is
-- not for dashboards.
--
-- A child counts in a quarter if it counted when that ended, whatever became of it later: turning 18 takes nobody out of
-- a quarter that is over. In no quarter (no date) it counts as long as it counts now.
CREATE VIEW indicator_children AS
SELECT d.code AS indicator, m.measure, c.primero_id, m.quarter_start, m.service_type,
       c.province_current_code, c.province_current, c.district_current_code, c.district_current, c.location_code,
       c.sex, indicator_age_from(c.age::integer) AS age_from, c.placement_type, c.disabled, c.consent_for_reporting,
       EXISTS (SELECT FROM services s WHERE s.primero_id = c.primero_id) AS has_service,
       -- The first reason that holds, so that each child who is left out is left out once.
       CASE WHEN d.also IS NOT NULL AND other.primero_id IS NULL THEN 'age'
            WHEN d.needs_consent AND c.consent_for_reporting IS DISTINCT FROM 'true' THEN 'consent'
            WHEN d.by_placement AND NOT coalesce(p.counts, true) THEN 'placement'
       END AS left_out
FROM indicator_definitions d
JOIN case_indicators i ON i.indicator = d.name
JOIN cases c ON c.primero_id = i.primero_id
CROSS JOIN LATERAL (
  SELECT 'registered' AS measure, indicator_quarter_start(c.registration_date::date) AS quarter_start,
         NULL::text AS service_type
  UNION ALL
  SELECT DISTINCT 'served', indicator_quarter_start(s.service_date::date), NULL
  FROM services s WHERE s.primero_id = c.primero_id AND s.service_date IS NOT NULL
  UNION ALL
  SELECT DISTINCT 'by service', indicator_quarter_start(c.registration_date::date), s.service_type
  FROM services s WHERE s.primero_id = c.primero_id
) m
LEFT JOIN case_indicators other
  ON other.primero_id = c.primero_id AND other.indicator = d.also
 AND (other.until IS NULL OR other.until >= indicator_quarter_end(m.quarter_start))
LEFT JOIN indicator_4_8_placements p ON d.by_placement AND p.placement_type = coalesce(c.placement_type, '')
WHERE (m.measure = 'by service' OR d.measures ? m.measure)
  AND (i.until IS NULL OR i.until >= indicator_quarter_end(m.quarter_start));
