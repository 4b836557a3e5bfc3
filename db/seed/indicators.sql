-- Makes indicator_definitions what config/indicators.json says. One that is no longer there goes; its children stay
-- in case_indicators, as past quarters need them.
-- In:  $1 the indicators, a JSON list in the order of the file
-- Out: one row. `changed`: definitions that were added, changed or removed
WITH wanted AS (
  SELECT definition ->> 'name' AS name, definition ->> 'code' AS code, position::integer,
         definition -> 'title' ->> 'en' AS title_en, definition -> 'title' ->> 'km' AS title_km, definition
  FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS i (definition, position)
), removed AS (
  DELETE FROM indicator_definitions d WHERE NOT EXISTS (SELECT FROM wanted w WHERE w.name = d.name)
  RETURNING d.name
), written AS (
  INSERT INTO indicator_definitions AS d (name, code, position, title_en, title_km, definition)
  SELECT * FROM wanted
  ON CONFLICT (name) DO UPDATE
  SET code = excluded.code, position = excluded.position, title_en = excluded.title_en, title_km = excluded.title_km,
      definition = excluded.definition
  WHERE (d.code, d.position, d.title_en, d.title_km, d.definition)
    IS DISTINCT FROM (excluded.code, excluded.position, excluded.title_en, excluded.title_km, excluded.definition)
  RETURNING d.name
)
SELECT ((SELECT count(*) FROM removed) + (SELECT count(*) FROM written))::integer AS changed
