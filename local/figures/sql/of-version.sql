-- In:  $1 a census whose figures are kept. Out: all of them; in the order of time.
SELECT indicator, measure, cut, period, key1, key2, children::integer AS children
FROM figures WHERE sync_id = $1
ORDER BY period, cut, key1, key2
