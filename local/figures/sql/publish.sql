-- Marks the figures of the newest complete census as the published ones of a quarter, and notes who did it.
-- In:  $1 the quarter, such as 2026-Q4
-- Out: one row. `syncId` of that census, null where none is complete; `isOver`: the quarter was over when it began;
--      `isNew`: they were not published before
WITH newest AS (
  SELECT sync_id, began_at FROM figure_sets ORDER BY kept_at DESC LIMIT 1
), is_over AS (
  SELECT sync_id, began_at >= indicator_quarter_end(make_date(left($1, 4)::integer, right($1, 1)::integer * 3, 1)) AS yes
  FROM newest
), published AS (
  INSERT INTO publications (quarter, sync_id) SELECT $1, sync_id FROM is_over WHERE yes
  ON CONFLICT DO NOTHING RETURNING quarter, sync_id
)
SELECT (SELECT sync_id FROM newest) AS "syncId", coalesce((SELECT yes FROM is_over), false) AS "isOver",
       coalesce((SELECT note_act('published', jsonb_build_object('quarter', quarter, 'syncId', sync_id)) FROM published), false)
         AS "isNew"
