-- In: nothing. Out: the labels of places and values; `kind` says what of.
SELECT 'province' AS kind, province_code AS value, province_en AS en, province_km AS km
FROM indicator_provinces
UNION ALL
SELECT 'district', district_code, district_en, district_km FROM indicator_districts
UNION ALL
SELECT column_name, value, label_en, label_km
FROM indicator_labels
WHERE value <> '' AND column_name IN ('sex', 'age_group', 'disabled', 'placement_type');
