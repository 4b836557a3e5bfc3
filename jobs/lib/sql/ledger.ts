import { recordset } from './recordset.ts';

const LINE = [
  { name: 'indicator', type: 'text' },
  { name: 'covered_from', type: 'timestamptz' },
  { name: 'covered_to', type: 'timestamptz' },
  { name: 'fetched', type: 'integer' },
  { name: 'inserted', type: 'integer' },
  { name: 'updated', type: 'integer' },
  { name: 'unchanged', type: 'integer' },
  { name: 'removed', type: 'integer' },
  { name: 'rejected', type: 'integer' },
  { name: 'unmapped', type: 'jsonb' },
];

/**
 * Writes a batch's lines, and closes what was reopened and is covered now. A run that repeats a batch and
 * changes nothing leaves no second line.
 *
 * Parameters: lines, sync id, batch number, mode, window's end, time of the fetch. Returns how many lines
 * were written.
 */
export const WRITE_LINES = `
WITH lines AS MATERIALIZED (
  SELECT r.*, tstzrange(covered_from, covered_to) AS covered FROM ${recordset('$1', LINE)}
),
written AS (
  INSERT INTO sync_batches (sync_id, batch, mode, window_to, fetched_at, indicator, covered,
                            fetched, inserted, updated, unchanged, removed, rejected, unmapped)
  SELECT $2, $3::integer, $4, $5::timestamptz, $6::timestamptz, indicator, covered,
         fetched, inserted, updated, unchanged, removed, rejected, unmapped
  FROM lines l
  WHERE inserted + updated + removed > 0 OR NOT EXISTS (
    SELECT FROM sync_batches b
    WHERE b.sync_id = $2 AND b.batch = $3::integer AND b.indicator = l.indicator AND b.covered @> l.covered)
  RETURNING 1
),
closed AS (
  UPDATE sync_reopened o SET ranges = o.ranges - l.covered_ranges
  FROM (SELECT indicator, range_agg(covered) AS covered_ranges FROM lines GROUP BY indicator) l
  WHERE o.indicator = l.indicator AND o.ranges && l.covered_ranges
)
SELECT count(*)::integer AS written FROM written`;

/**
 * The first gap of each indicator: the first range that no batch has covered.
 *
 * Parameters: start and end (exclusive) of what must be covered, and a sync id if only what that sync has
 * covered counts (a backfill), else null. Returns of each gap indicator, from, to (exclusive), and whether it
 * was reopened because the numbers differed in it.
 */
export const SELECT_GAPS = `
WITH coverage AS (
  SELECT i.indicator,
    coalesce((SELECT range_agg(b.covered) FROM sync_batches b
              WHERE b.indicator = i.indicator AND ($3::text IS NULL OR b.sync_id = $3)), '{}'::tstzmultirange)
    - coalesce((SELECT range_agg(reopened) FROM sync_reopened o, unnest(o.ranges) AS reopened
                WHERE o.indicator = i.indicator AND $3::text IS NULL), '{}'::tstzmultirange) AS covered
  FROM (VALUES ('reintegration'), ('under18'), ('leavers')) AS i (indicator)
)
SELECT c.indicator, lower(g.gap) AS "from", upper(g.gap) AS "to",
       EXISTS (SELECT FROM sync_reopened o
               WHERE o.indicator = c.indicator AND o.reason = 'DIFFERENCE' AND o.ranges && g.gap) AS reconcile
FROM coverage c
CROSS JOIN LATERAL (
  SELECT gap FROM unnest(tstzmultirange(tstzrange($1::timestamptz, $2::timestamptz)) - c.covered) AS gap
  ORDER BY gap LIMIT 1
) AS g`;
