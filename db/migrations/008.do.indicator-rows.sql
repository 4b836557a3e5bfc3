-- How many children each indicator counts, by all that divides them, with labels. Exact: for those who check the
-- numbers. Columns and caveats: docs/data.md. No view below names a child.

CREATE VIEW indicator_rows AS
WITH counted AS (
  SELECT indicator, measure, service_type, quarter_start, province_current_code, district_current_code, sex, age_from,
         placement_type, disabled, consent_for_reporting,
         max(province_current) AS province_current, max(district_current) AS district_current,
         count(*) AS cases,
         count(*) FILTER (WHERE left_out IS NULL) AS children,
         count(*) FILTER (WHERE left_out IS NULL AND has_service) AS children_with_service,
         count(*) FILTER (WHERE left_out = 'age') AS left_out_18_or_older,
         count(*) FILTER (WHERE left_out = 'consent') AS left_out_without_consent,
         count(*) FILTER (WHERE left_out = 'placement') AS left_out_by_placement
  FROM indicator_children
  GROUP BY indicator, measure, service_type, quarter_start, province_current_code, district_current_code, sex, age_from,
           placement_type, disabled, consent_for_reporting
)
SELECT c.indicator, c.measure,
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
       c.service_type, coalesce(service.label_en, c.service_type) AS service_type_en, service.label_km AS service_type_km,
       c.children, c.children_with_service, c.cases,
       c.left_out_18_or_older, c.left_out_without_consent, c.left_out_by_placement
FROM counted c
LEFT JOIN indicator_provinces p ON p.province_code = c.province_current_code
LEFT JOIN indicator_districts d ON d.district_code = c.district_current_code
LEFT JOIN indicator_labels sex ON sex.column_name = 'sex' AND sex.value = c.sex
LEFT JOIN indicator_labels age ON age.column_name = 'age_group' AND age.value = indicator_age_group(c.age_from)
LEFT JOIN indicator_labels placement
  ON placement.column_name = 'placement_type' AND placement.value = c.placement_type
LEFT JOIN indicator_labels disability ON disability.column_name = 'disabled' AND disability.value = c.disabled
LEFT JOIN indicator_labels consent
  ON consent.column_name = 'consent_for_reporting' AND consent.value = c.consent_for_reporting
LEFT JOIN indicator_labels service ON service.column_name = 'service_type' AND service.value = c.service_type;

-- 4.8: children provided with family reunification or kinship, or community-based care placements.
CREATE VIEW indicator_4_8 AS
SELECT quarter, quarter_start, province_code, province_en, province_km, district_code, district_en, district_km,
       sex, sex_en, sex_km, age_group, age_from, age_group_en, age_group_km,
       placement_type, placement_type_en, placement_type_km, disability, disability_en, disability_km,
       consent, consent_en, consent_km,
       children, cases AS reintegration_cases, left_out_18_or_older, left_out_without_consent, left_out_by_placement
FROM indicator_rows
WHERE indicator = '4.8' AND measure = 'registered';

-- 4.11a: children receiving case management support, by the quarter of their registration.
CREATE VIEW indicator_4_11a AS
SELECT quarter, quarter_start, province_code, province_en, province_km, district_code, district_en, district_km,
       sex, sex_en, sex_km, age_group, age_from, age_group_en, age_group_km,
       placement_type, placement_type_en, placement_type_km, disability, disability_en, disability_km,
       consent, consent_en, consent_km,
       children, children_with_service, left_out_without_consent
FROM indicator_rows
WHERE indicator = '4.11a' AND measure = 'registered';

-- The same, by quarters in which they had a service. A child is in each of its quarters: never add them up.
CREATE VIEW indicator_4_11a_served AS
SELECT quarter, quarter_start, province_code, province_en, province_km, district_code, district_en, district_km,
       sex, sex_en, sex_km, age_group, age_from, age_group_en, age_group_km,
       placement_type, placement_type_en, placement_type_km, disability, disability_en, disability_km,
       consent, consent_en, consent_km,
       children, left_out_without_consent
FROM indicator_rows
WHERE indicator = '4.11a' AND measure = 'served';

-- By type of service. A child with two types is in both: rows of different types must never be added up.
-- Totals are in indicator_4_11a.
CREATE VIEW indicator_4_11a_services AS
SELECT service_type, service_type_en, service_type_km,
       quarter, quarter_start, province_code, province_en, province_km, district_code, district_en, district_km,
       sex, sex_en, sex_km, age_group, age_from, age_group_en, age_group_km,
       placement_type, placement_type_en, placement_type_km, disability, disability_en, disability_km,
       consent, consent_en, consent_km,
       children
FROM indicator_rows
WHERE indicator = '4.11a' AND measure = 'by service' AND children > 0;
