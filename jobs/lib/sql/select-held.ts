import { CASE_COLUMNS, SERVICE_COLUMNS } from '../mapping/columns.ts';
import { unnest } from './unnest.ts';

/** Content of a case, as it is returned; its id and time are equal already. */
export const HELD_COLUMNS = [
  ...CASE_COLUMNS,
  { name: 'in_reintegration', type: 'boolean' },
  { name: 'in_under18', type: 'boolean' },
];

export const SEEN_TIME_COLUMNS = [
  { name: 'primero_id', type: 'uuid' },
  { name: 'primero_updated_at', type: 'timestamptz' },
];

/** One list for each column; null where there is no row. */
const lists = (columns: readonly { name: string }[], alias: string): string =>
  columns.map(({ name }) => `json_agg(${alias}.${name})`).join(', ');

/**
 * What ONA holds before the batch: anything at all, and of the batch's records which, with the content of those that
 * are just as new. To read ids costs far less than to write rows, and most of what comes twice is the same. Whole
 * columns, since a list of one type is written as JSON, and read, faster than rows are.
 *
 * Parameters: sync id, batch number, whether to look for cases by indicator (only a batch that found nothing at all in
 * Primero needs to know), columns of ids and times. Returns one row: `any`, `reintegration`, `under18`, whether there
 * are such cases; `superseded`, whether a later batch of this sync is done; `others`, a list of the ids and
 * one of the case_ids of cases that ONA holds at another time; `cases`, a list of the ids and one for each column of the content; `services`, a list of their cases'
 * case_ids and one for each column; `rejects`, ids of those that have rejects. `known.ts` reads the lists.
 */
export const SELECT_HELD = `
WITH seen AS MATERIALIZED (SELECT * FROM ${unnest(4, SEEN_TIME_COLUMNS)}),
held AS MATERIALIZED (
  SELECT c.primero_id, c.case_id, s.primero_updated_at IS NOT DISTINCT FROM c.primero_updated_at AS is_as_new
  FROM cases c JOIN seen s USING (primero_id)
  WHERE c.primero_id = ANY (ARRAY(SELECT primero_id FROM seen))
)
SELECT EXISTS (SELECT FROM cases) AS "any",
       $3 AND EXISTS (SELECT FROM cases WHERE in_reintegration) AS reintegration,
       $3 AND EXISTS (SELECT FROM cases WHERE in_under18) AS under18,
       EXISTS (SELECT FROM sync_batches WHERE sync_id = $1 AND batch > $2) AS superseded,
       (SELECT json_build_array(json_agg(c.primero_id), json_agg(c.case_id))
        FROM held c WHERE NOT c.is_as_new) AS others,
       (SELECT json_build_array(json_agg(c.primero_id), ${lists(HELD_COLUMNS, 'c')})
        FROM cases c WHERE c.primero_id = ANY (ARRAY(SELECT primero_id FROM held WHERE is_as_new))) AS cases,
       (SELECT json_build_array(json_agg(v.case_id), ${lists(SERVICE_COLUMNS, 'v')})
        FROM services v WHERE v.case_id = ANY (ARRAY(SELECT case_id FROM held WHERE is_as_new))) AS services,
       (SELECT json_agg(j.primero_id) FROM seen s JOIN sync_rejects j ON j.primero_id = s.primero_id) AS rejects`;
