-- In: nothing. Out: children by indicator, quarter and province, for charts and tables; in the order of time.
SELECT '4.8' AS indicator, quarter, province_code AS value, province_en AS en, province_km AS km,
       children::integer AS children, quarter_start
FROM indicator_4_8_summary
UNION ALL
SELECT '4.11a', quarter, province_code, province_en, province_km, children::integer, quarter_start
FROM indicator_4_11a_summary
ORDER BY quarter_start, value;
