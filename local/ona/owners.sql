-- Why a user may not migrate.
-- In:  $1 names of tables that migrations change
-- Out: one row. `role`: the user, as SQL has it; `schema`: where tables would be made, null where there is none;
--      `mayCreate` there; `owners` of tables that are not the user's
SELECT quote_ident(current_user) AS role, quote_ident(current_schema()) AS schema,
       coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate",
       ARRAY(SELECT DISTINCT quote_ident(pg_get_userbyid(c.relowner)) FROM unnest($1::text[]) AS name
             JOIN pg_class c ON c.oid = to_regclass(name)
             WHERE NOT pg_has_role(c.relowner, 'USAGE')) AS owners
