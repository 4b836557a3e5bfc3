-- In:  nothing. Out: each published version of a quarter, the oldest first: which census, and when.
SELECT p.quarter, p.sync_id AS "syncId", p.published_at AS "publishedAt", s.began_at AS "completeTo"
FROM publications p JOIN figure_sets s USING (sync_id)
ORDER BY p.quarter, p.published_at
