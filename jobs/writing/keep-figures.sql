-- Keeps the figures of a census that completes, and closes the reasons for what has changed since the one before.
-- In:  $1 sync id
SELECT keep_figures($1)
