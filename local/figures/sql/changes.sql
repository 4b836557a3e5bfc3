-- Why the figures of a quarter changed since a version of it was published, up to now.
-- In:  $1 the quarter, $2 the sync of the version
-- Out: children gained and lost by indicator, measure and reason
WITH since AS (
  SELECT c.indicator, c.measure, c.reason, c.gained, c.lost
  FROM figure_changes c
  LEFT JOIN figure_sets s USING (sync_id)
  WHERE c.cut = 'quarter' AND c.period = $1
    AND (s.sync_id IS NULL OR s.kept_at > (SELECT kept_at FROM figure_sets WHERE sync_id = $2))
  UNION ALL
  SELECT indicator, measure, reason, greatest(unexplained, 0), greatest(-unexplained, 0)
  FROM figures_unexplained WHERE cut = 'quarter' AND period = $1
)
SELECT indicator, measure, reason, sum(gained)::integer AS gained, sum(lost)::integer AS lost
FROM since GROUP BY indicator, measure, reason
ORDER BY indicator, measure, reason
