-- In:  $1 an indicator. Out: the last complete census, if there is one, and what it is complete but for. Every role may read it.
SELECT complete_sync_id AS "syncId", complete_began_at AS "beganAt", complete_but_for AS "butFor"
FROM data_freshness
WHERE indicator = $1 AND complete_sync_id IS NOT NULL
