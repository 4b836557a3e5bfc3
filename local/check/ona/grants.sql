-- What the user lacks to do what the jobs do.
-- In:  $1 a JSON list of `table` and `privilege` that are needed
-- Out: a row for each lack. `privilege` on `thing`, a table, the sequence of one, or a function. ROWS: row-level security is on, and
--      no policy gives the user all rows.
WITH needed AS (
  SELECT to_regclass(r."table") AS oid, r."table", r.privilege
  FROM json_to_recordset($1::json) AS r("table" text, privilege text)
  WHERE to_regclass(r."table") IS NOT NULL
)
SELECT n."table" AS thing, n.privilege FROM needed n WHERE NOT has_table_privilege(n.oid, n.privilege)
UNION ALL
SELECT s.oid::regclass::text, 'USAGE'
FROM needed n
JOIN pg_attrdef f ON f.adrelid = n.oid
JOIN pg_depend d ON d.classid = 'pg_attrdef'::regclass AND d.objid = f.oid AND d.refclassid = 'pg_class'::regclass
JOIN pg_class s ON s.oid = d.refobjid
-- Asked of anything else it is an error, and nothing says which condition PostgreSQL looks at first.
WHERE n.privilege = 'INSERT' AND CASE WHEN s.relkind = 'S' THEN NOT has_sequence_privilege(s.oid, 'USAGE, UPDATE') END
UNION ALL
SELECT n."table", 'ROWS'
FROM needed n
WHERE n.privilege = 'SELECT' AND row_security_active(n.oid)
  AND NOT EXISTS (
    SELECT FROM pg_policy p
    WHERE p.polrelid = n.oid AND p.polpermissive AND p.polcmd = '*' AND pg_get_expr(p.polqual, p.polrelid) = 'true'
      AND (p.polroles = '{0}' OR EXISTS (SELECT FROM unnest(p.polroles) AS r (oid) WHERE pg_has_role(r.oid, 'USAGE')))
  )
UNION ALL
-- Functions of what the user need not be able to read or write itself.
SELECT p.oid::regprocedure::text, 'EXECUTE'
FROM pg_proc p
WHERE p.proname IN ('figures_before', 'figures_after', 'keep_figures', 'erased_of', 'remove_expired', 'note_act') AND pg_function_is_visible(p.oid)
  AND NOT has_function_privilege(p.oid, 'EXECUTE')
