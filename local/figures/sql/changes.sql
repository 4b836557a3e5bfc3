-- The reasons that were noted why the figures of a quarter changed since a version of it was published, up to now.
-- In:  $1 the quarter, $2 the sync of the version, $3 cut and $4 key1 of the cell
-- Out: children gained and lost by indicator, measure and reason
SELECT c.indicator, c.measure, c.reason, sum(c.gained)::integer AS gained, sum(c.lost)::integer AS lost
FROM figure_changes c
LEFT JOIN figure_sets s USING (sync_id)
WHERE c.cut = $3 AND c.period = $1 AND c.key1 = $4
  AND (s.sync_id IS NULL OR s.kept_at > (SELECT kept_at FROM figure_sets WHERE sync_id = $2))
GROUP BY c.indicator, c.measure, c.reason
ORDER BY c.indicator, c.measure, c.reason
