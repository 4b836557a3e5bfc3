-- Indicator 4.8: children provided with family reunification or kinship, or community-based care placements.
-- Columns and caveats: docs/data.md. Counts only: no view names a child.

CREATE VIEW indicator_4_8 AS
WITH counted AS (
  SELECT quarter_start, province_current_code, district_current_code, sex, age_from, placement_type, disabled,
         consent_for_reporting,
         max(province_current) AS province_current, max(district_current) AS district_current,
         count(*) AS reintegration_cases
  FROM indicator_children
  WHERE indicator = 'reintegration'
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
       CASE WHEN coalesce(rule.counts, true) THEN c.reintegration_cases ELSE 0 END AS children,
       c.reintegration_cases
FROM counted c
LEFT JOIN indicator_4_8_placements rule ON rule.placement_type = coalesce(c.placement_type, '')
LEFT JOIN indicator_provinces p ON p.province_code = c.province_current_code
LEFT JOIN indicator_districts d ON d.district_code = c.district_current_code
LEFT JOIN indicator_labels sex ON sex.column_name = 'sex' AND sex.value = c.sex
LEFT JOIN indicator_labels age ON age.column_name = 'age_group' AND age.value = indicator_age_group(c.age_from)
LEFT JOIN indicator_labels placement
  ON placement.column_name = 'placement_type' AND placement.value = c.placement_type
LEFT JOIN indicator_labels disability ON disability.column_name = 'disabled' AND disability.value = c.disabled
LEFT JOIN indicator_labels consent
  ON consent.column_name = 'consent_for_reporting' AND consent.value = c.consent_for_reporting;

CREATE VIEW indicator_4_8_summary AS
WITH counted AS (
  SELECT c.quarter_start, c.province_current_code,
         max(c.province_current) AS province_current,
         count(*) FILTER (WHERE coalesce(rule.counts, true)) AS children,
         count(*) AS reintegration_cases
  FROM indicator_children c
  LEFT JOIN indicator_4_8_placements rule ON rule.placement_type = coalesce(c.placement_type, '')
  WHERE c.indicator = 'reintegration'
  GROUP BY c.quarter_start, c.province_current_code
)
SELECT indicator_quarter(c.quarter_start) AS quarter, c.quarter_start,
       c.province_current_code AS province_code,
       coalesce(p.province_en, c.province_current) AS province_en, p.province_km,
       c.children, c.reintegration_cases
FROM counted c
LEFT JOIN indicator_provinces p ON p.province_code = c.province_current_code;
