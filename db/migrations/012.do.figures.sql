-- The figures of each indicator, in a short fixed list of tables ("cuts"), and how they are kept. See docs/data.md.
--
-- | cut         | period  | key1                   | key2          |
-- | quarter     | quarter |                        |               |
-- | province    | quarter | province, by code      |               |
-- | sex and age | quarter | sex                    | age group     |
-- | disability  | quarter | disability             |               |
-- | placement   | quarter | placement              |               |
-- | district    | year    | district, by code      | its province  |
-- | left out    | quarter | age, consent, placement|               |
--
-- A key is '' where it is not recorded. `left out` has those who do not count, each under the first reason that holds.

-- The cells that a child is in, one in each cut.
CREATE FUNCTION indicator_cells(quarter_start date, province text, district text, sex text, age_from integer,
                                disability text, placement text)
  RETURNS TABLE (cut text, period text, key1 text, key2 text)
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    SELECT v.* FROM (VALUES
      ('quarter',     indicator_quarter($1), '', ''),
      ('province',    indicator_quarter($1), coalesce($2, ''), ''),
      ('sex and age', indicator_quarter($1), coalesce($4, ''), indicator_age_group($5)),
      ('disability',  indicator_quarter($1), coalesce($6, ''), ''),
      ('placement',   indicator_quarter($1), coalesce($7, ''), ''),
      ('district',    coalesce(extract(year FROM $1)::integer::text, 'unknown'), coalesce($3, ''), coalesce($2, ''))
    ) AS v (cut, period, key1, key2)
  $$;

-- The figures as they are now: the cells above of all children. The view of children is read once.
CREATE VIEW figures_now AS
WITH child AS MATERIALIZED (
  SELECT indicator, measure, indicator_quarter(quarter_start) AS quarter,
         coalesce(extract(year FROM quarter_start)::integer::text, 'unknown') AS year,
         coalesce(province_current_code, '') AS province, coalesce(district_current_code, '') AS district,
         coalesce(sex, '') AS sex, indicator_age_group(age_from) AS age_group,
         coalesce(disabled, '') AS disability, coalesce(placement_type, '') AS placement, left_out
  FROM indicator_children
  WHERE measure <> 'by service'
)
SELECT indicator, measure,
       CASE WHEN grouping(district) = 0 THEN 'district' WHEN grouping(province) = 0 THEN 'province'
            WHEN grouping(sex) = 0 THEN 'sex and age' WHEN grouping(disability) = 0 THEN 'disability'
            WHEN grouping(placement) = 0 THEN 'placement' ELSE 'quarter' END AS cut,
       coalesce(quarter, year) AS period,
       coalesce(district, province, sex, disability, placement, '') AS key1,
       CASE WHEN grouping(district) = 0 THEN province ELSE coalesce(age_group, '') END AS key2,
       count(*) AS children
FROM child
WHERE left_out IS NULL
GROUP BY indicator, measure, GROUPING SETS (
  (quarter), (quarter, province), (quarter, sex, age_group), (quarter, disability), (quarter, placement),
  (year, district, province))
UNION ALL
SELECT indicator, measure, 'left out', quarter, left_out, '', count(*)
FROM child
WHERE left_out IS NOT NULL
GROUP BY indicator, measure, quarter, left_out;
