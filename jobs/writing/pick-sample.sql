-- Children that ONA holds in each part of a sync, spread over creation time: the first one after each of so many points
-- between the oldest and the newest.
-- In:  $1 and $2 where the parts begin and end (null: no end), $3 how many points
-- Out: part (from 1), primero_id
WITH ranges AS MATERIALIZED (
  SELECT p.part, p.part_to, r.first, r.last
  FROM unnest($1::timestamptz[], $2::timestamptz[]) WITH ORDINALITY AS p (part_from, part_to, part)
  CROSS JOIN LATERAL (
    SELECT min(c.primero_created_at) AS first, max(c.primero_created_at) AS last
    FROM cases c
    WHERE c.primero_created_at >= p.part_from AND c.primero_created_at < coalesce(p.part_to, 'infinity')
  ) AS r
)
SELECT DISTINCT r.part::integer, child.primero_id
FROM ranges r
CROSS JOIN generate_series(0, $3::integer - 1) AS point
CROSS JOIN LATERAL (
  SELECT c.primero_id FROM cases c
  WHERE c.primero_id IS NOT NULL
    AND c.primero_created_at >= r.first + (r.last - r.first) * (point::float8 / $3::integer)
    AND c.primero_created_at < coalesce(r.part_to, 'infinity')
  ORDER BY c.primero_created_at LIMIT 1
) AS child
