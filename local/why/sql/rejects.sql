-- In: $1 a case_id or null, $2 an id in Primero or null. Out: what of this child could not be loaded, and what of
-- others could not because this child has the id that they want. "heldBy" is the child that has the id, if one does.
SELECT r.primero_id AS "primeroId", r.scope, r.field, r.reason, r.wanted IS NOT NULL AS "isIdWanted",
       holder.primero_id AS "heldBy", r.sync_id AS "syncId", r.written_at AS "writtenAt"
FROM sync_rejects r
LEFT JOIN LATERAL (
  SELECT c.primero_id FROM cases c WHERE r.scope = 'case' AND c.case_id = r.wanted
  UNION ALL
  SELECT v.primero_id FROM services v WHERE r.scope = 'service' AND v.unique_id = r.wanted
) holder ON true
WHERE r.primero_id = $2::uuid OR holder.primero_id = $2::uuid OR (r.scope = 'case' AND r.wanted = $1)
ORDER BY r.written_at, r.primero_id, r.field;
