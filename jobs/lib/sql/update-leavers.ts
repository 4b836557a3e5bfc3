import { LEAVER_COLUMNS } from '../mapping/columns.ts';
import { reopenFreed } from './freed.ts';
import { assignments, IDENTITY, names, recordset } from './recordset.ts';

const CONTENT = [...LEAVER_COLUMNS.filter(({ name }) => name !== 'case_id'), ...IDENTITY];

export const LEAVER_ROW_COLUMNS = [{ name: 'case_id', type: 'text' }, ...CONTENT];

/**
 * Updates cases that ONA holds and that are too old for 4.11a now, and count for nothing else; inserts none. Their
 * services go: nobody tells us when they change. Who waits for one of these is to be fetched again.
 *
 * Parameters: rows, sync id, batch number. Returns how many cases were updated, and how many services went.
 */
export const UPDATE_LEAVERS = `
WITH leavers AS MATERIALIZED (SELECT * FROM ${recordset('$1', LEAVER_ROW_COLUMNS)}),
met AS (
  SELECT c.case_id AS held_case_id, l.* FROM leavers l JOIN cases c ON c.primero_id = l.primero_id
  UNION ALL
  SELECT c.case_id, l.* FROM leavers l JOIN cases c ON c.case_id = l.case_id WHERE c.primero_id IS NULL
),
updated AS (
  UPDATE cases c SET ${assignments(CONTENT, 'm')}, sync_id = $2, last_updated_date = now()
  FROM met m
  WHERE c.case_id = m.held_case_id
    AND (c.primero_updated_at IS NULL OR m.primero_updated_at > c.primero_updated_at
      OR (m.primero_updated_at = c.primero_updated_at
        AND ROW(${names(CONTENT, 'c')}) IS DISTINCT FROM ROW(${names(CONTENT, 'm')})))
  RETURNING c.case_id, c.primero_id
),
removed_services AS (
  DELETE FROM services s USING updated u WHERE s.case_id = u.case_id RETURNING u.primero_id
),
${reopenFreed('removed_services', '$2', '$3', 'services').trim()}
SELECT (SELECT count(*)::integer FROM updated) AS updated,
       (SELECT count(*)::integer FROM removed_services) AS services`;
