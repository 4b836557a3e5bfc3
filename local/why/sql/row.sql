-- In: $1 a case_id or null, $2 an id in Primero or null. Out: the row of cases, if there is one, with the sync that
-- last changed it. Ids, times and numbers only.
SELECT c.case_id                                           AS "caseId",
       c.primero_id                                        AS "primeroId",
       c.primero_created_at                                AS "createdInPrimero",
       c.primero_updated_at                                AS "updatedInPrimero",
       c.last_updated_date::timestamp AT TIME ZONE 'UTC'   AS "writtenAt",
       (SELECT count(*)::integer
        FROM services v
        WHERE v.primero_id = c.primero_id OR (c.primero_id IS NULL AND v.case_id = c.case_id)) AS services,
       c.sync_id                                           AS "syncId",
       s.kind                                              AS "syncKind",
       s.began_at                                          AS "syncBeganAt"
FROM cases c
LEFT JOIN syncs s ON s.sync_id = c.sync_id
WHERE c.case_id = $1 OR c.primero_id = $2::uuid;
