-- Makes `retention` what config/retention.json says.
-- In:  $1 the content of the file, JSON
-- Out: one row. `changed`: 1 if it was something else
WITH wanted AS (
  SELECT months FROM jsonb_to_record($1::jsonb) AS w (months integer)
), written AS (
  INSERT INTO retention AS r (months) SELECT months FROM wanted
  ON CONFLICT (is_only) DO UPDATE SET months = excluded.months WHERE r.months <> excluded.months
  RETURNING 1
)
SELECT count(*)::integer AS changed FROM written
