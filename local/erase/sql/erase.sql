-- Removes a child from every table that has children, and keeps a hash of its id. Notes who did it.
-- In:  $1 its id in Primero
-- Out: one row. `cases`, `services`: rows that went; `isNew`: it was not erased before; `isNoted`
WITH cases_gone AS (DELETE FROM cases WHERE primero_id = $1::uuid RETURNING 1),
services_gone AS (DELETE FROM services WHERE primero_id = $1::uuid RETURNING 1),
indicators_gone AS (DELETE FROM case_indicators WHERE primero_id = $1::uuid),
findings_gone AS (DELETE FROM sync_findings WHERE primero_id = $1::uuid),
rejects_gone AS (DELETE FROM sync_rejects WHERE primero_id = $1::uuid),
-- Messages that ask about it, as they are kept with their batches.
unasked AS (
  UPDATE sync_batches
  SET next = (SELECT jsonb_agg(CASE WHEN m ? 'ask' THEN jsonb_set(m, '{ask}', (m -> 'ask') - $1::uuid::text) ELSE m END)
              FROM jsonb_array_elements(next) AS m)
  WHERE next::text LIKE '%' || $1::uuid::text || '%'
),
hashed AS (INSERT INTO erased (hash) VALUES (sha256(uuid_send($1::uuid))) ON CONFLICT DO NOTHING RETURNING 1)
SELECT (SELECT count(*)::integer FROM cases_gone) AS cases, (SELECT count(*)::integer FROM services_gone) AS services,
       EXISTS (SELECT FROM hashed) AS "isNew",
       note_act('erased', jsonb_build_object('hash', encode(sha256(uuid_send($1::uuid)), 'hex'))) AS "isNoted"
