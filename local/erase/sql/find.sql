-- In:  $1 a case_id or null, $2 an id in Primero or null
-- Out: ids in Primero of the child, if ONA knows it anywhere; none where it does not
SELECT primero_id AS id FROM cases WHERE primero_id IS NOT NULL AND (case_id = $1 OR primero_id = $2::uuid)
UNION
SELECT primero_id FROM case_indicators WHERE primero_id = $2::uuid
UNION
SELECT primero_id FROM services WHERE primero_id = $2::uuid
UNION
SELECT primero_id FROM sync_findings WHERE primero_id = $2::uuid
UNION
SELECT primero_id FROM sync_rejects WHERE primero_id = $2::uuid
