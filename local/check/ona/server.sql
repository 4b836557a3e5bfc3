-- The server, and what it lets this user do at all.
-- Out: one row. `version` as people and `number` as comparisons read it; `encoding`; `encrypted`: by TLS;
--      `role`: the user, as SQL has it; `database`, too; `readOnly`: transactions are read-only by default;
--      `standby`: a copy that follows another server;
--      `closed`: a schema with a table `cases` that the user may not use; `elsewhere`: one that is not on the search path
SELECT current_setting('server_version') AS version,
       current_setting('server_version_num')::integer AS number,
       current_setting('server_encoding') AS encoding,
       coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted,
       quote_ident(current_user) AS role, quote_ident(current_database()) AS database,
       current_setting('default_transaction_read_only')::boolean AS "readOnly",
       pg_is_in_recovery() AS standby,
       (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = 'cases' AND c.relkind IN ('r', 'p') AND to_regclass('cases') IS NULL
          AND NOT has_schema_privilege(n.oid, 'USAGE') LIMIT 1) AS closed,
       (SELECT quote_ident(n.nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = 'cases' AND c.relkind IN ('r', 'p') AND to_regclass('cases') IS NULL
          AND has_schema_privilege(n.oid, 'USAGE') LIMIT 1) AS elsewhere
