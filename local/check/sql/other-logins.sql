-- In:  $1 the role of those who may read children's records
-- Out: logins that can read cases or services all the same, by name. Superusers can always; the tables' owner and the
--      user who asks are meant to.
SELECT r.rolname AS name
FROM pg_roles r
CROSS JOIN (SELECT to_regclass('cases') AS cases, to_regclass('services') AS services) t
WHERE r.rolcanlogin AND NOT r.rolsuper AND r.rolname <> current_user
  AND NOT EXISTS (SELECT FROM pg_class c
                  WHERE c.oid IN (t.cases, t.services) AND pg_has_role(r.oid, c.relowner, 'MEMBER'))
  AND NOT EXISTS (SELECT FROM pg_roles o WHERE o.rolname = $1 AND pg_has_role(r.oid, o.oid, 'MEMBER'))
  AND (has_any_column_privilege(r.oid, t.cases, 'SELECT') OR has_any_column_privilege(r.oid, t.services, 'SELECT'))
ORDER BY r.rolname;
