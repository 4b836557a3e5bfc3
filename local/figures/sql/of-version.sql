-- In:  $1 a sync whose figures are kept. Out: all of them.
SELECT indicator, measure, cut, period, key1, key2, children::integer AS children
FROM figures WHERE sync_id = $1
