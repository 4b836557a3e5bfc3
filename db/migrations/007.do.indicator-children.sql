-- Which children an indicator counts: one row for each child and indicator. All views that count are built on this
-- one. It has a row for each child, so it is not for dashboards.
--
-- A child counts in the quarter of its registration if it counted then, whatever became of it later: turning 18
-- takes nobody out of a quarter that is over. One without a registration date counts as long as it counts now.
CREATE VIEW indicator_children AS
SELECT i.indicator, c.primero_id,
       indicator_quarter_start(c.registration_date::date) AS quarter_start,
       c.province_current_code, c.province_current, c.district_current_code, c.district_current, c.location_code,
       c.sex, indicator_age_from(c.age::integer) AS age_from, c.placement_type, c.disabled, c.consent_for_reporting
FROM case_indicators i
JOIN cases c ON c.primero_id = i.primero_id
WHERE i.until IS NULL OR i.until >= indicator_quarter_end(c.registration_date::date);
