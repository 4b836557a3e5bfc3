-- Deletes what the sync that completes now replaces: findings, windows and rejects of earlier syncs. Removes children
-- whose time is over. Keeps its figures, and completes the reasons for the changes since the figures of the census before.
-- In:  $1 sync id
WITH findings AS (DELETE FROM sync_findings WHERE sync_id <> $1), windows AS (DELETE FROM sync_windows WHERE sync_id <> $1),
rejects AS (DELETE FROM sync_rejects WHERE sync_id <> $1)
SELECT keep_figures($1) FROM remove_expired($1)
