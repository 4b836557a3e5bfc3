-- What ONA lacks or cannot keep up to date: records and services that could not be loaded, and children whom the user in
-- Primero may not see.
-- Out: a row for each: `reason` (UNSEEN for the latter), `scope`, `field`, `primeroId`, `wanted`, `indicators`, `since`
SELECT reason, scope, field, primero_id AS "primeroId", wanted, indicators, written_at AS since
FROM sync_rejects
UNION ALL
SELECT 'UNSEEN', 'case', 'record', f.primero_id, NULL,
       ARRAY(SELECT i.indicator FROM case_indicators i WHERE i.primero_id = f.primero_id AND i.until IS NULL ORDER BY 1),
       f.since
FROM (SELECT primero_id, min(found_at) AS since FROM sync_findings WHERE finding = 'unseen' GROUP BY primero_id) AS f
ORDER BY reason, scope, field, since, "primeroId"
