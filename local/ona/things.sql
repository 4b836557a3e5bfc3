-- All that migrations make, as far as it is there and on the search path.
-- Out: one row. `things`: such as `table cases`, `column cases.age`, `index cases_primero_id_key`, `view data_freshness`,
--      `function indicator_quarter`
WITH relations AS (
  SELECT c.oid, c.relname, c.relkind FROM pg_class c
  WHERE pg_table_is_visible(c.oid) AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
    AND c.relname <> 'sync_schema_version'
), things AS (
  SELECT CASE WHEN relkind IN ('r', 'p') THEN 'table ' WHEN relkind = 'v' THEN 'view ' WHEN relkind = 'c' THEN 'type ' ELSE 'index ' END || relname AS thing
  FROM relations WHERE relkind IN ('r', 'p', 'v', 'c', 'i')
  UNION ALL
  SELECT 'column ' || r.relname || '.' || a.attname FROM relations r
  JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped WHERE r.relkind IN ('r', 'p')
  UNION ALL
  SELECT 'function ' || proname FROM pg_proc
  WHERE pg_function_is_visible(oid) AND pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
)
SELECT coalesce(array_agg(thing ORDER BY thing), '{}') AS things FROM things
