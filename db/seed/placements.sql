-- Adds the placements of config/indicators.json that do not count. One that ONA has is left as it is: the ONA team may have
-- decided otherwise.
-- In:  $1 the indicators, a JSON list
-- Out: one row. `changed`: placements that were added
WITH added AS (
  INSERT INTO indicator_4_8_placements (placement_type, counts, reason)
  SELECT DISTINCT ON (p ->> 'placement_type') p ->> 'placement_type', false, p ->> 'reason'
  FROM jsonb_array_elements($1::jsonb) AS definition
  CROSS JOIN jsonb_array_elements(definition -> 'counts' -> 'placements_left_out') AS p
  ON CONFLICT (placement_type) DO NOTHING
  RETURNING placement_type
)
SELECT count(*)::integer AS changed FROM added
