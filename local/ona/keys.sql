-- Sets of columns of which no two rows have the same values.
-- In:  $1 names of tables
-- Out: a row for each key: `table`, `columns`
SELECT name AS "table", ARRAY(
         SELECT a.attname::text FROM unnest(i.indkey[0:i.indnkeyatts - 1]) AS k (attnum)
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum) AS columns
FROM unnest($1::text[]) AS name
JOIN pg_index i ON i.indrelid = to_regclass(name)
WHERE i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL AND i.indexprs IS NULL
