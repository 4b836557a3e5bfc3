-- In: nothing. Out: every figure as it is now, exact; in the order of time.
SELECT indicator, measure, cut, period, key1, key2, children::integer AS children
FROM figures_now
ORDER BY period, cut, key1, key2;
