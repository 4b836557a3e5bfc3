-- In: nothing. Out: how the children of each indicator divide by each dimension of local/report/data.ts, in one pass
-- over each view. "all" is what they are counted out of. Ages are in their order, the rest by size.
WITH counted AS (
  SELECT '4.8' AS indicator, sex, sex_en, sex_km, age_from, age_group, age_group_en, age_group_km,
         placement_type, placement_type_en, placement_type_km, disability, disability_en, disability_km,
         consent, consent_en, consent_km, children, reintegration_cases AS "all"
  FROM indicator_4_8
  UNION ALL
  SELECT '4.11a', sex, sex_en, sex_km, age_from, age_group, age_group_en, age_group_km,
         placement_type, placement_type_en, placement_type_km, disability, disability_en, disability_km,
         consent, consent_en, consent_km, children, children_with_service
  FROM indicator_4_11a
)
SELECT c.indicator, part.dimension, part.value, part.en, part.km,
       sum(c.children)::integer AS children, sum(c."all")::integer AS "all"
FROM counted c
CROSS JOIN LATERAL (VALUES
  ('sex',            c.sex,            c.sex_en,            c.sex_km,            0),
  ('age_group',      c.age_group,      c.age_group_en,      c.age_group_km,      c.age_from),
  ('placement_type', c.placement_type, c.placement_type_en, c.placement_type_km, 0),
  ('disability',     c.disability,     c.disability_en,     c.disability_km,     0),
  ('consent',        c.consent,        c.consent_en,        c.consent_km,        0)
) AS part (dimension, value, en, km, position)
GROUP BY c.indicator, part.dimension, part.value, part.en, part.km, part.position
ORDER BY c.indicator, part.dimension, part.position NULLS LAST, part.value IS NULL, sum(c.children) DESC, part.value;
