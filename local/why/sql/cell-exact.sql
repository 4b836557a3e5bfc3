-- In:  $1 an indicator, $2 a quarter, $3 a province's code ('' is not recorded), or null for all;
--      $4 the published census to compare with, or null
-- Out: by measure: how many children count now, how many do not and why, and how many counted as published; exact
SELECT m.measure, coalesce(n.children, 0) AS children, coalesce(n.age, 0) AS age, coalesce(n.consent, 0) AS consent,
       coalesce(n.placement, 0) AS placement, coalesce(p.children, 0) AS published
FROM indicator_definitions d
CROSS JOIN LATERAL jsonb_array_elements_text(d.measures) AS m (measure)
LEFT JOIN (
  SELECT measure, count(*) FILTER (WHERE left_out IS NULL)::integer AS children,
         count(*) FILTER (WHERE left_out = 'age')::integer AS age,
         count(*) FILTER (WHERE left_out = 'consent')::integer AS consent,
         count(*) FILTER (WHERE left_out = 'placement')::integer AS placement
  FROM indicator_children
  WHERE indicator = $1 AND indicator_quarter(quarter_start) = $2
    AND ($3::text IS NULL OR coalesce(province_current_code, '') = $3)
  GROUP BY measure
) n ON n.measure = m.measure
LEFT JOIN (
  SELECT measure, children::integer AS children FROM figures
  WHERE sync_id = $4 AND indicator = $1 AND period = $2 AND key1 = coalesce($3, '')
    AND cut = CASE WHEN $3::text IS NULL THEN 'quarter' ELSE 'province' END
) p ON p.measure = m.measure
WHERE d.code = $1
ORDER BY m.measure
