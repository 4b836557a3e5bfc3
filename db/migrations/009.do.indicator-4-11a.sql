-- Indicator 4.11a: children receiving case management support.
-- Columns and caveats: docs/data.md. Counts only: no view names a child.

CREATE VIEW indicator_4_11a AS
WITH served AS (
  SELECT DISTINCT primero_id FROM services
),
counted AS (
  SELECT quarter_start, province_current_code, district_current_code, sex, age_from, placement_type, disabled,
         consent_for_reporting,
         max(province_current) AS province_current, max(district_current) AS district_current,
         count(*) AS children, count(served.primero_id) AS children_with_service
  FROM indicator_children
  LEFT JOIN served USING (primero_id)
  WHERE indicator = 'under18'
  GROUP BY quarter_start, province_current_code, district_current_code, sex, age_from, placement_type, disabled,
           consent_for_reporting
)
SELECT indicator_quarter(c.quarter_start) AS quarter, c.quarter_start,
       c.province_current_code AS province_code,
       coalesce(p.province_en, c.province_current) AS province_en, p.province_km,
       c.district_current_code AS district_code,
       coalesce(d.district_en, c.district_current) AS district_en, d.district_km,
       c.sex, coalesce(sex.label_en, c.sex) AS sex_en, sex.label_km AS sex_km,
       indicator_age_group(c.age_from) AS age_group, c.age_from,
       coalesce(age.label_en, indicator_age_group(c.age_from)) AS age_group_en, age.label_km AS age_group_km,
       c.placement_type,
       coalesce(placement.label_en, c.placement_type) AS placement_type_en, placement.label_km AS placement_type_km,
       c.disabled AS disability,
       coalesce(disability.label_en, c.disabled) AS disability_en, disability.label_km AS disability_km,
       c.consent_for_reporting AS consent,
       coalesce(consent.label_en, c.consent_for_reporting) AS consent_en, consent.label_km AS consent_km,
       c.children, c.children_with_service
FROM counted c
LEFT JOIN indicator_provinces p ON p.province_code = c.province_current_code
LEFT JOIN indicator_districts d ON d.district_code = c.district_current_code
LEFT JOIN indicator_labels sex ON sex.column_name = 'sex' AND sex.value = c.sex
LEFT JOIN indicator_labels age ON age.column_name = 'age_group' AND age.value = indicator_age_group(c.age_from)
LEFT JOIN indicator_labels placement
  ON placement.column_name = 'placement_type' AND placement.value = c.placement_type
LEFT JOIN indicator_labels disability ON disability.column_name = 'disabled' AND disability.value = c.disabled
LEFT JOIN indicator_labels consent
  ON consent.column_name = 'consent_for_reporting' AND consent.value = c.consent_for_reporting;

-- By type of service. A child with two types is in both: rows of different types must never be added up.
-- Totals are in indicator_4_11a.
CREATE VIEW indicator_4_11a_services AS
WITH received AS (
  SELECT DISTINCT primero_id, service_type FROM services
),
counted AS (
  SELECT quarter_start, province_current_code, district_current_code, sex, age_from, placement_type, disabled,
         consent_for_reporting,
         r.service_type,
         max(province_current) AS province_current, max(district_current) AS district_current,
         count(*) AS children
  FROM indicator_children
  JOIN received r USING (primero_id)
  WHERE indicator = 'under18'
  GROUP BY quarter_start, province_current_code, district_current_code, sex, age_from, placement_type, disabled,
           consent_for_reporting, r.service_type
)
SELECT c.service_type, coalesce(service.label_en, c.service_type) AS service_type_en,
       service.label_km AS service_type_km,
       indicator_quarter(c.quarter_start) AS quarter, c.quarter_start,
       c.province_current_code AS province_code,
       coalesce(p.province_en, c.province_current) AS province_en, p.province_km,
       c.district_current_code AS district_code,
       coalesce(d.district_en, c.district_current) AS district_en, d.district_km,
       c.sex, coalesce(sex.label_en, c.sex) AS sex_en, sex.label_km AS sex_km,
       indicator_age_group(c.age_from) AS age_group, c.age_from,
       coalesce(age.label_en, indicator_age_group(c.age_from)) AS age_group_en, age.label_km AS age_group_km,
       c.placement_type,
       coalesce(placement.label_en, c.placement_type) AS placement_type_en, placement.label_km AS placement_type_km,
       c.disabled AS disability,
       coalesce(disability.label_en, c.disabled) AS disability_en, disability.label_km AS disability_km,
       c.consent_for_reporting AS consent,
       coalesce(consent.label_en, c.consent_for_reporting) AS consent_en, consent.label_km AS consent_km,
       c.children
FROM counted c
LEFT JOIN indicator_labels service ON service.column_name = 'service_type' AND service.value = c.service_type
LEFT JOIN indicator_provinces p ON p.province_code = c.province_current_code
LEFT JOIN indicator_districts d ON d.district_code = c.district_current_code
LEFT JOIN indicator_labels sex ON sex.column_name = 'sex' AND sex.value = c.sex
LEFT JOIN indicator_labels age ON age.column_name = 'age_group' AND age.value = indicator_age_group(c.age_from)
LEFT JOIN indicator_labels placement
  ON placement.column_name = 'placement_type' AND placement.value = c.placement_type
LEFT JOIN indicator_labels disability ON disability.column_name = 'disabled' AND disability.value = c.disabled
LEFT JOIN indicator_labels consent
  ON consent.column_name = 'consent_for_reporting' AND consent.value = c.consent_for_reporting;

CREATE VIEW indicator_4_11a_summary AS
WITH counted AS (
  SELECT quarter_start, province_current_code, max(province_current) AS province_current,
         count(*) AS children
  FROM indicator_children
  WHERE indicator = 'under18'
  GROUP BY quarter_start, province_current_code
)
SELECT indicator_quarter(c.quarter_start) AS quarter, c.quarter_start,
       c.province_current_code AS province_code,
       coalesce(p.province_en, c.province_current) AS province_en, p.province_km,
       c.children
FROM counted c
LEFT JOIN indicator_provinces p ON p.province_code = c.province_current_code;
