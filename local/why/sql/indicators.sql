-- In: $1 an id in Primero. Out: each indicator that the child counts for, or once counted for.
SELECT indicator, since, until
FROM case_indicators
WHERE primero_id = $1
ORDER BY indicator;
