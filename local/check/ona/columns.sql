-- Columns of tables, as far as the tables are there.
-- In:  $1 names of tables
-- Out: a row for each column: `table`, `column`; `type` as it was declared, `base` without domain and length;
--      `length`: most characters; `notNull`; `fillsItself` where nothing is given; `isKey`: part of the primary key
SELECT name AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS type,
       format_type(d.base, NULL) AS base,
       CASE WHEN d.base IN ('varchar'::regtype, 'bpchar'::regtype) AND d.typmod > 4 THEN d.typmod - 4 END AS length,
       a.attnotnull OR t.typnotnull AS "notNull",
       a.atthasdef OR a.attidentity <> '' OR t.typdefault IS NOT NULL AS "fillsItself",
       EXISTS (SELECT FROM pg_index i
               WHERE i.indrelid = a.attrelid AND i.indisprimary AND a.attnum = ANY (i.indkey)) AS "isKey"
FROM unnest($1::text[]) AS name
JOIN pg_attribute a ON a.attrelid = to_regclass(name) AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid
CROSS JOIN LATERAL (
  SELECT CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END AS base,
         CASE t.typtype WHEN 'd' THEN t.typtypmod ELSE a.atttypmod END AS typmod
) AS d
ORDER BY name, a.attnum
