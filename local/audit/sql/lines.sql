-- In:  nothing. Out: what people did, the oldest first.
SELECT noted_at AS "notedAt", login, act, what FROM audit ORDER BY noted_at, act
