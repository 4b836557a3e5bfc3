import { IDENTITY, names, recordset } from './recordset.ts';

const REASON = [
  { name: 'scope', type: 'text' },
  { name: 'field', type: 'text' },
  { name: 'reason', type: 'text' },
  { name: 'held_by', type: 'uuid' },
];
const CONTENT = [...IDENTITY, ...REASON];

export const SETTLED_COLUMNS = [
  { name: 'primero_id', type: 'uuid' },
  { name: 'primero_updated_at', type: 'timestamptz' },
];

/**
 * Keeps the rejects true: writes those of the batch, and drops those that its records have settled, because
 * the record could be loaded now, has other faults, is disabled, or is not asked for any more.
 *
 * Parameters: rejects, the batch's records, sync id, batch number. Returns how many were written.
 */
export const WRITE_REJECTS = `
WITH rejects AS MATERIALIZED (SELECT * FROM ${recordset('$1', CONTENT)}),
settled AS (
  DELETE FROM sync_rejects j USING (SELECT * FROM ${recordset('$2', SETTLED_COLUMNS)}) s
  WHERE j.primero_id = s.primero_id AND j.primero_updated_at <= s.primero_updated_at
    AND NOT EXISTS (SELECT FROM rejects r WHERE r.primero_id = j.primero_id AND r.field = j.field)
),
written AS (
  INSERT INTO sync_rejects (${names(CONTENT)}, sync_id, batch)
  SELECT r.*, $3, $4::integer FROM rejects r
  ON CONFLICT (primero_id, field) DO UPDATE SET
    (${names([...CONTENT.slice(1)])}, sync_id, batch, written_at)
      = (${names(CONTENT.slice(1), 'excluded')}, excluded.sync_id, excluded.batch, now())
  WHERE sync_rejects.primero_updated_at <= excluded.primero_updated_at
    AND ROW(${names(CONTENT, 'sync_rejects')}) IS DISTINCT FROM ROW(${names(CONTENT, 'excluded')})
  RETURNING 1
)
SELECT count(*)::integer AS written FROM written`;
