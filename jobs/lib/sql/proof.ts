/**
 * ONA's side of the proof of completeness: cases of each indicator that were last updated up to the window's
 * end, and the rejects among them, without those that Primero has changed since.
 * A case that ONA holds in an older form, its newer record being rejected, counts once: as the reject.
 *
 * Parameters: window's end (exclusive), ids of what has changed since as a JSON array.
 */
export const COUNT_HELD = `
WITH changed AS MATERIALIZED (SELECT value::uuid AS primero_id FROM json_array_elements_text($2::json)),
held AS (
  SELECT c.primero_id, c.in_reintegration, c.in_under18 FROM cases c
  WHERE c.primero_updated_at < $1::timestamptz
    AND NOT EXISTS (SELECT FROM sync_rejects j WHERE j.primero_id = c.primero_id AND j.scope = 'case')
  UNION ALL
  SELECT j.primero_id, j.in_reintegration, j.in_under18 FROM sync_rejects j
  WHERE j.scope = 'case' AND j.primero_updated_at < $1::timestamptz
)
SELECT count(*) FILTER (WHERE in_reintegration)::integer AS reintegration,
       count(*) FILTER (WHERE in_under18)::integer AS under18
FROM held h
WHERE NOT EXISTS (SELECT FROM changed x WHERE x.primero_id = h.primero_id)`;

const PROOF = '(indicator text, expected bigint, held bigint, proven boolean)';

/** Puts a proof into the ledger. Parameters: its indicators, sync id, batch number, window's end. */
export const WRITE_PROOF = `
INSERT INTO sync_proofs (sync_id, batch, indicator, window_to, expected, held, proven)
SELECT $2, $3::integer, r.indicator, $4::timestamptz, r.expected, r.held, r.proven
FROM json_to_recordset($1::json) AS r${PROOF}`;
