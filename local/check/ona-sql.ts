/** The server: version as people and as comparisons read it, encoding, TLS; a schema that is closed to the user. */
export const SELECT_SERVER = `
SELECT current_setting('server_version') AS version,
       current_setting('server_version_num')::integer AS number,
       current_setting('server_encoding') AS encoding,
       coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS encrypted,
       (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = 'cases' AND c.relkind IN ('r', 'p') AND NOT has_schema_privilege(n.oid, 'USAGE')
        LIMIT 1) AS closed`;

/** Columns and unique keys of tables, as far as they are there. Parameter: names of tables. */
export const SELECT_SHAPE = `
SELECT json_object_agg(name, json_build_object(
  'columns', (SELECT coalesce(json_agg(attname), '[]') FROM pg_attribute
              WHERE attrelid = to_regclass(name) AND attnum > 0 AND NOT attisdropped),
  'unique', (SELECT coalesce(json_agg((
      SELECT json_agg(a.attname) FROM unnest(i.indkey[0:i.indnkeyatts - 1]) AS k (attnum)
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum)), '[]')
    FROM pg_index i
    WHERE i.indrelid = to_regclass(name) AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL)
)) AS tables
FROM unnest($1::text[]) AS name
WHERE to_regclass(name) IS NOT NULL`;

/** Those of the needed privileges that the user lacks. Parameter: a JSON list of table and privilege. */
export const SELECT_PRIVILEGES = `
SELECT r."table", r.privilege FROM json_to_recordset($1::json) AS r("table" text, privilege text)
WHERE NOT has_table_privilege(to_regclass(r."table"), r.privilege)`;
