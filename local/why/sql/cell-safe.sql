-- In:  $1 an indicator, $2 a quarter, $3 a province's code ('' is not recorded), or null for all
-- Out: protected counts by measure and province, which role dashboard may read. No row where there is no child.
SELECT measure, coalesce(province_code, '') AS province, children_shown AS shown
FROM (
  SELECT '4.8' AS indicator, 'registered' AS measure, quarter, province_code, children_shown FROM indicator_4_8_summary
  UNION ALL
  SELECT '4.11a', 'registered', quarter, province_code, children_shown FROM indicator_4_11a_summary
  UNION ALL
  SELECT '4.11a', 'served', quarter, province_code, children_shown FROM indicator_4_11a_served_summary
) s
WHERE indicator = $1 AND quarter = $2 AND ($3::text IS NULL OR coalesce(province_code, '') = $3)
ORDER BY measure, province_code
