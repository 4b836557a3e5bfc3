-- Notes why children are counted otherwise now, as counts.
-- In:  $1 sync id
SELECT figures_after($1, NULL)
