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

-- The figures as they are now.
CREATE VIEW figures_now AS
SELECT c.indicator, c.measure, f.cut, f.period, f.key1, f.key2, count(*) AS children
FROM indicator_children c
CROSS JOIN LATERAL indicator_cells(c.quarter_start, c.province_current_code, c.district_current_code, c.sex, c.age_from,
                                   c.disabled, c.placement_type) f
WHERE c.measure <> 'by service' AND c.left_out IS NULL
GROUP BY c.indicator, c.measure, f.cut, f.period, f.key1, f.key2
UNION ALL
SELECT indicator, measure, 'left out', indicator_quarter(quarter_start), left_out, '', count(*)
FROM indicator_children
WHERE measure <> 'by service' AND left_out IS NOT NULL
GROUP BY indicator, measure, indicator_quarter(quarter_start), left_out;
