import { CASE_COLUMNS, SERVICE_COLUMNS } from '../mapping/columns.ts';
import { names, recordset } from './recordset.ts';

/** Content of a case, as it is returned; its id and time are equal already. */
export const KNOWN_COLUMNS = [
  ...CASE_COLUMNS,
  { name: 'in_reintegration', type: 'boolean' },
  { name: 'in_under18', type: 'boolean' },
];

const SEEN = [
  { name: 'primero_id', type: 'uuid' },
  { name: 'primero_updated_at', type: 'timestamptz' },
];

/**
 * Which of the batch's records ONA knows, and what it holds of those that are just as new. To read ids costs far
 * less than to write rows, and most of what comes twice is the same.
 *
 * Parameter: ids and times. Returns ids, and for a record as new its content and its services, as lists of values;
 * beside them, ids of those that have rejects.
 */
export const SELECT_KNOWN = `
WITH seen AS MATERIALIZED (SELECT * FROM ${recordset('$1', SEEN)})
SELECT c.primero_id::text AS primero_id,
       CASE WHEN s.primero_updated_at = c.primero_updated_at THEN
         json_build_array(${names(KNOWN_COLUMNS, 'c')})
       END AS content,
       CASE WHEN s.primero_updated_at = c.primero_updated_at THEN
         (SELECT json_agg(json_build_array(${names(SERVICE_COLUMNS, 'v')})) FROM services v WHERE v.case_id = c.case_id)
       END AS services,
       false AS is_reject
FROM seen s JOIN cases c ON c.primero_id = s.primero_id
UNION ALL
SELECT j.primero_id::text, NULL, NULL, true
FROM seen s JOIN sync_rejects j ON j.primero_id = s.primero_id`;
