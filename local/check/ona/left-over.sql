-- Rows that an earlier integration left, and no record of Primero has taken over.
-- Out: one row. `cases` and `services`: how many; `census`: whether a census is complete, and so has looked at every child
SELECT (SELECT count(*)::integer FROM cases WHERE primero_id IS NULL) AS cases,
       (SELECT count(*)::integer FROM services WHERE primero_id IS NULL) AS services,
       EXISTS (SELECT FROM syncs WHERE kind = 'census' AND state = 'complete') AS census
