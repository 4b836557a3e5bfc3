import { recordset } from './recordset.ts';
import { writeRejects } from './rejects.ts';

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

/** Where a line of the ledger says nothing new: a run that repeats a batch and changes nothing leaves no second one. */
const IS_KNOWN = `
    inserted + updated + removed = 0 AND EXISTS (
      SELECT FROM sync_batches b
      WHERE b.sync_id = $1 AND b.batch = $2::integer AND b.indicator = l.indicator AND b.covered @> l.covered)`;

const NO_RANGES = "'{}'::tstzmultirange";

/** Ranges of indicator `i` in a common table expression of lines. */
const rangesIn = (lines: string): string =>
  `coalesce((SELECT range_agg(l.covered) FROM ${lines} l WHERE l.indicator = i.indicator), ${NO_RANGES})`;

/**
 * The first gap of each indicator: the first range that no batch has covered.
 *
 * @param from,to parameters with start and end (exclusive) of what must be covered
 * @param ownSyncId parameter with a sync id if only what that sync has covered counts (a backfill), else null
 * @param written,closed expressions for the ranges of indicator `i` that this very statement has put into the ledger,
 * and closes where they were reopened
 */
const gaps = (
  from: string,
  to: string,
  ownSyncId: string,
  written = NO_RANGES,
  closed = NO_RANGES,
): string => `
  SELECT i.indicator, lower(g.gap) AS "from", upper(g.gap) AS "to",
         EXISTS (SELECT FROM sync_reopened o
                 WHERE o.indicator = i.indicator AND o.reason = 'DIFFERENCE' AND o.ranges && g.gap) AS reconcile
  FROM (VALUES ('reintegration'), ('under18'), ('leavers')) AS i (indicator)
  CROSS JOIN LATERAL (
    SELECT coalesce((SELECT range_agg(b.covered) FROM sync_batches b
                     WHERE b.indicator = i.indicator AND (${ownSyncId}::text IS NULL OR b.sync_id = ${ownSyncId})), '{}')
         + ${written}
         - (coalesce((SELECT range_agg(reopened) FROM sync_reopened o, unnest(o.ranges) AS reopened
                      WHERE o.indicator = i.indicator AND ${ownSyncId}::text IS NULL), '{}') - ${closed}) AS covered
  ) AS c
  CROSS JOIN LATERAL (
    SELECT gap FROM unnest(tstzmultirange(tstzrange(${from}::timestamptz, ${to}::timestamptz)) - c.covered) AS gap
    ORDER BY gap LIMIT 1
  ) AS g`;

/**
 * Parameters: start and end (exclusive) of what must be covered, and a sync id if only what that sync has covered
 * counts, else null. Returns of each first gap indicator, from, to (exclusive), and whether it was reopened because
 * the numbers differed in it.
 */
export const SELECT_GAPS = gaps('$1', '$2', '$3').trim();

/**
 * Writes what the ledger keeps of a batch: its lines and rejects. What was reopened and is covered now is closed.
 *
 * Parameters: sync id, batch number, mode, window's end, time of the fetch, lines, rejects, the batch's records that
 * settle some, and those of SELECT_GAPS. Returns what that returns, now that the lines are there.
 */
export const WRITE_LEDGER = `
WITH ${writeRejects('$7', '$8', '$1', '$2').trim()},
lines AS MATERIALIZED (
  SELECT r.*, tstzrange(covered_from, covered_to) AS covered FROM ${recordset('$6', LINE)}
),
written AS (
  INSERT INTO sync_batches (sync_id, batch, mode, window_to, fetched_at, indicator, covered,
                            fetched, inserted, updated, unchanged, removed, rejected, unmapped)
  SELECT $1, $2::integer, $3, $4::timestamptz, $5::timestamptz, indicator, covered,
         fetched, inserted, updated, unchanged, removed, rejected, unmapped
  FROM lines l WHERE NOT (${IS_KNOWN})
  RETURNING indicator, covered
),
closed AS (
  UPDATE sync_reopened o SET ranges = o.ranges - l.ranges
  FROM (SELECT indicator, range_agg(covered) AS ranges FROM lines GROUP BY indicator) l
  WHERE o.indicator = l.indicator AND o.ranges && l.ranges
)
${gaps('$9', '$10', '$11', rangesIn('written'), rangesIn('lines')).trim()}`;
