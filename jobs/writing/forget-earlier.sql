-- Forgets what only the sync that completes now replaces: findings, windows and rejects of earlier ones.
-- In:  $1 sync id
WITH findings AS (DELETE FROM sync_findings WHERE sync_id <> $1),
windows AS (DELETE FROM sync_windows WHERE sync_id <> $1)
DELETE FROM sync_rejects WHERE sync_id <> $1
