-- Values in use that have no label, and so show as codes: what a look at the codes' list should mend. A child with
-- two of them is in two rows.
CREATE VIEW unlabelled_values AS
-- Grouped first: the children are read once, and what is left are a few hundred rows.
WITH combinations AS (
  SELECT sex, disabled, placement_type, consent_for_reporting,
         location_code IS NOT NULL AND province_current_code IS NULL AS is_nowhere,
         count(*) FILTER (WHERE indicator = '4.8') AS cases_4_8,
         count(*) FILTER (WHERE indicator = '4.11a') AS cases_4_11a
  FROM indicator_children
  WHERE measure = 'registered'
  GROUP BY sex, disabled, placement_type, consent_for_reporting,
           location_code IS NOT NULL AND province_current_code IS NULL
),
in_use AS (
  SELECT v.column_name, v.value, sum(c.cases_4_8)::bigint AS cases_4_8, sum(c.cases_4_11a)::bigint AS cases_4_11a
  FROM combinations c
  CROSS JOIN LATERAL (VALUES
    ('sex', c.sex),
    ('disabled', c.disabled),
    ('placement_type', c.placement_type),
    ('consent_for_reporting', c.consent_for_reporting)
  ) AS v (column_name, value)
  WHERE v.value IS NOT NULL
  GROUP BY v.column_name, v.value
),
-- Types of service that lack a label are few, so only their services are looked up.
unlabelled_services AS (
  SELECT u.service_type
  FROM (SELECT DISTINCT service_type FROM services WHERE service_type IS NOT NULL) u
  WHERE NOT EXISTS (SELECT FROM indicator_labels l
                    WHERE l.column_name = 'service_type' AND l.value = u.service_type AND l.label_en IS NOT NULL)
),
served AS (
  SELECT DISTINCT s.primero_id, s.service_type FROM unlabelled_services u JOIN services s USING (service_type)
)
SELECT u.column_name, u.value, u.cases_4_8, u.cases_4_11a
FROM in_use u
WHERE NOT EXISTS (SELECT FROM indicator_labels l
                  WHERE l.column_name = u.column_name AND l.value = u.value AND l.label_en IS NOT NULL)
UNION ALL
SELECT 'service_type', s.service_type, count(*) FILTER (WHERE c.indicator = '4.8'),
       count(*) FILTER (WHERE c.indicator = '4.11a')
FROM served s
JOIN indicator_children c ON c.primero_id = s.primero_id AND c.measure = 'registered'
GROUP BY s.service_type
UNION ALL
-- A place that the gazetteer lacks: counted, not named, as the field might hold anything.
SELECT 'location_code', NULL, sum(cases_4_8)::bigint, sum(cases_4_11a)::bigint
FROM combinations
WHERE is_nowhere
HAVING count(*) > 0;
