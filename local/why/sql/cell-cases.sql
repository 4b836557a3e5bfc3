-- In:  $1 an indicator, $2 a quarter, $3 a province's code ('' is not recorded), or null for all
-- Out: the case_ids behind the number, by measure
SELECT i.measure, c.case_id AS "caseId"
FROM indicator_children i JOIN cases c USING (primero_id)
WHERE i.indicator = $1 AND indicator_quarter(i.quarter_start) = $2 AND i.measure <> 'by service' AND i.left_out IS NULL
  AND ($3::text IS NULL OR coalesce(i.province_current_code, '') = $3)
ORDER BY i.measure, c.case_id
