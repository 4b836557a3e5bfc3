-- Values of the columns that hold labels, and how many cases have each. Several labels of one case are joined by commas.
-- Out: a row for each: `column`, `value`, `cases`
SELECT 'sex' AS "column", sex AS value, count(*)::integer AS cases FROM cases WHERE sex IS NOT NULL GROUP BY sex
UNION ALL
SELECT 'disabled', disabled, count(*)::integer FROM cases WHERE disabled IS NOT NULL GROUP BY disabled
UNION ALL
SELECT 'protection_concerns', concern, count(*)::integer
FROM cases, unnest(string_to_array(protection_concerns, ', ')) AS concern GROUP BY concern
UNION ALL
SELECT 'service_type', service_type, count(DISTINCT coalesce(primero_id::text, case_id))::integer
FROM services WHERE service_type IS NOT NULL GROUP BY service_type
