-- Notes a sync as the one under way, and its questions by id. Another sync that was under way is ended first. Who accepts removals is noted, too.
-- In:  $1 sync id, $2 kind, $3 and $4 its range of creation time, $5 changed since, $6 parts,
--      $7 accepted removals, $8 first totals, $9 ids to ask about
-- Out: the row of syncs
WITH begun AS (
  INSERT INTO syncs (sync_id, kind, created_from, created_to, changed_since, parts, accept_removals, first_totals, held_before)
  SELECT $1, $2, $3::timestamptz, $4::timestamptz, $5::timestamptz, $6::integer, $7::integer, $8::jsonb,
         (SELECT count(*) FROM cases) RETURNING *
), asked AS (
  INSERT INTO sync_findings (sync_id, primero_id, part) SELECT $1, id, 1 FROM unnest($9::uuid[]) AS id
)
SELECT to_jsonb(b) AS sync, CASE WHEN accept_removals > 0 THEN note_act('removals accepted', jsonb_build_object('syncId', sync_id, 'upTo', accept_removals)) END AS noted FROM begun b
