-- In: $1 an id in Primero. Out: each sync that asked about the child, and what Primero said; null while that is open.
SELECT f.finding, f.indexed AS "isIndexed", f.confirmed AS "isConfirmed", f.found_at AS "foundAt",
       f.sync_id AS "syncId", s.kind AS "syncKind", s.state AS "syncState", s.began_at AS "syncBeganAt"
FROM sync_findings f
JOIN syncs s USING (sync_id)
WHERE f.primero_id = $1
ORDER BY s.began_at;
