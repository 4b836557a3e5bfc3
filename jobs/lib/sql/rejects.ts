import { IDENTITY, names, recordset } from './recordset.ts';
import { SEEN_TIME_COLUMNS } from './select-held.ts';

const REASON = [
  { name: 'scope', type: 'text' },
  { name: 'field', type: 'text' },
  { name: 'reason', type: 'text' },
  { name: 'held_by', type: 'uuid' },
];
const CONTENT = [...IDENTITY, ...REASON];

/**
 * Common table expressions that keep the rejects true: they write those of the batch, and drop those that its records
 * have settled, because the record could be loaded now, has other faults, is disabled, or is not asked for any more.
 *
 * @param rejected,seen parameters that hold the rejects and the batch's records that settle some
 * @param syncId,batch parameters that hold them
 */
export const writeRejects = (
  rejected: string,
  seen: string,
  syncId: string,
  batch: string,
): string => `
rejects AS MATERIALIZED (SELECT * FROM ${recordset(rejected, CONTENT)}),
settled AS (
  DELETE FROM sync_rejects j USING (SELECT * FROM ${recordset(seen, SEEN_TIME_COLUMNS)}) s
  WHERE j.primero_id = s.primero_id AND j.primero_updated_at <= s.primero_updated_at
    AND NOT EXISTS (SELECT FROM rejects r WHERE r.primero_id = j.primero_id AND r.field = j.field)
),
named AS (
  INSERT INTO sync_rejects (${names(CONTENT)}, sync_id, batch)
  SELECT r.*, ${syncId}, ${batch}::integer FROM rejects r
  ON CONFLICT (primero_id, field) DO UPDATE SET
    (${names([...CONTENT.slice(1)])}, sync_id, batch, written_at)
      = (${names(CONTENT.slice(1), 'excluded')}, excluded.sync_id, excluded.batch, now())
  WHERE sync_rejects.primero_updated_at <= excluded.primero_updated_at
    AND ROW(${names(CONTENT, 'sync_rejects')}) IS DISTINCT FROM ROW(${names(CONTENT, 'excluded')})
)`;
