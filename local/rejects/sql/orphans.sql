-- Rows that an earlier integration left, and no record of Primero has taken over.
-- Out: a row for each: `table`, its `id`, and `written`: when it was last written, where that is known
SELECT 'cases' AS "table", case_id AS id, last_updated_date AT TIME ZONE 'UTC' AS written
FROM cases WHERE primero_id IS NULL
UNION ALL
SELECT 'services', unique_id, NULL FROM services WHERE primero_id IS NULL
ORDER BY 1, 2
