-- In:  $1 a quarter, $2 the sync of a published version. Out: its total then and now, by indicator and measure.
SELECT indicator, measure, coalesce(sum(children) FILTER (WHERE is_then), 0)::integer AS published,
       coalesce(sum(children) FILTER (WHERE NOT is_then), 0)::integer AS now
FROM (
  SELECT indicator, measure, children, true AS is_then FROM figures WHERE sync_id = $2 AND cut = 'quarter' AND period = $1
  UNION ALL
  SELECT indicator, measure, children, false FROM figures_now WHERE cut = 'quarter' AND period = $1
) f
GROUP BY indicator, measure
ORDER BY indicator, measure
