-- Ends any other sync that is under way.
-- In:  $1 sync id of the one that takes its place
UPDATE syncs SET state = 'superseded', ended_at = now(), reason = 'Sync ' || $1 || ' took its place.'
WHERE state = 'under way' AND sync_id <> $1
