-- Adds the districts of config/places.csv that ONA lacks. One that ONA has is left as it is; only the Khmer names,
-- which are ours, are filled in where they are missing.
-- In:  $1 the places, a JSON list of objects with the columns of locations_lookup
-- Out: one row. `changed`: districts that were added or got a name
WITH places AS (
  SELECT * FROM json_to_recordset($1::json)
    AS p (code text, district text, province text, province_code text, district_km text, province_km text)
), added AS (
  INSERT INTO locations_lookup (code, district, province, province_code, district_km, province_km)
  SELECT p.* FROM places p WHERE NOT EXISTS (SELECT FROM locations_lookup l WHERE l.code = p.code)
  RETURNING code
), named AS (
  UPDATE locations_lookup l
  SET district_km = coalesce(l.district_km, p.district_km), province_km = coalesce(l.province_km, p.province_km)
  FROM places p
  WHERE p.code = l.code
    AND (l.district_km IS NULL AND p.district_km IS NOT NULL OR l.province_km IS NULL AND p.province_km IS NOT NULL)
  RETURNING l.code
)
SELECT ((SELECT count(*) FROM added) + (SELECT count(*) FROM named))::integer AS changed
