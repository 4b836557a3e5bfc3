-- What the indicators' views are made of: one place for each rule. See docs/data.md.

-- Which placements count for 4.8. One that is not listed counts; '' stands for no placement recorded. `migrate` adds the
-- rows of config/indicators.json that are missing. The ONA team may change and add rows: the views follow at once.
CREATE TABLE IF NOT EXISTS indicator_4_8_placements (
  placement_type text PRIMARY KEY, -- as in cases.placement_type
  counts         boolean NOT NULL,
  reason         text
);

-- The youngest age of an age group, in years; null where the age is not known.
CREATE FUNCTION indicator_age_from(age integer) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN age >= 18 THEN 18 WHEN age >= 15 THEN 15 WHEN age >= 10 THEN 10
                    WHEN age >= 5 THEN 5 WHEN age >= 0 THEN 0 END $$;

-- The name of the age group that begins at an age.
CREATE FUNCTION indicator_age_group(age_from integer) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE age_from WHEN 0 THEN '0–4' WHEN 5 THEN '5–9' WHEN 10 THEN '10–14'
                             WHEN 15 THEN '15–17' WHEN 18 THEN '18+' ELSE 'unknown' END $$;

-- The first day of a day's quarter; null where there is no day.
CREATE FUNCTION indicator_quarter_start(day date) RETURNS date
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT date_trunc('quarter', day::timestamp)::date $$;

-- The first moment after a day's quarter. Quarters end by UTC, so that a view says the same to every reader.
CREATE FUNCTION indicator_quarter_end(day date) RETURNS timestamptz
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT (date_trunc('quarter', day::timestamp) + interval '3 months') AT TIME ZONE 'UTC' $$;

-- The name of the quarter that begins on a day, such as 2026-Q1.
CREATE FUNCTION indicator_quarter(quarter_start date) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT coalesce(extract(year FROM quarter_start)::integer::text || '-Q'
                        || extract(quarter FROM quarter_start)::integer::text, 'unknown') $$;

-- One label for each value, even where ONA's own table has several: two would count children twice. The ONA
-- team's own comes first. A blank label is none.
CREATE VIEW indicator_labels AS
SELECT DISTINCT ON (column_name, value)
       column_name, value, nullif(label_en, '') AS label_en, nullif(label_km, '') AS label_km
FROM data_dictionary
ORDER BY column_name, value, coalesce(source, '') IN ('primero', 'sync'), label_en, label_km;

-- One name for each province and district, for the same reason.
CREATE VIEW indicator_provinces AS
SELECT DISTINCT ON (province_code)
       province_code, nullif(province, '') AS province_en, nullif(province_km, '') AS province_km
FROM locations_lookup
ORDER BY province_code, code;

CREATE VIEW indicator_districts AS
SELECT DISTINCT ON (code)
       code AS district_code, nullif(district, '') AS district_en, nullif(district_km, '') AS district_km
FROM locations_lookup
ORDER BY code, district;

-- A count that may be published: to the nearest 5, and null from 1 to 4.
CREATE FUNCTION indicator_rounded(children bigint) RETURNS integer
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$ SELECT CASE WHEN children NOT BETWEEN 1 AND 4 THEN ((children + 2) / 5 * 5)::integer END $$;
