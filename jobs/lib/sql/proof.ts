import { AUDIT_PARTS } from '../settings.ts';
import { recordset } from './recordset.ts';

const AUDIT = [
  { name: 'position', type: 'integer' },
  { name: 'indicator', type: 'text' },
  { name: '"from"', type: 'timestamptz' },
  { name: '"to"', type: 'timestamptz' },
  { name: 'expected', type: 'integer' },
];

/** Whether a row of `cases` or `sync_rejects` belongs to the audit `r`: its ends are whole seconds, inclusive. */
const belongs = (row: string): string => `
    ${row}.primero_updated_at >= r."from" AND ${row}.primero_updated_at < r."to" + interval '1 second'
    AND CASE r.indicator WHEN 'reintegration' THEN ${row}.in_reintegration ELSE ${row}.in_under18 END`;

const isUnchanged = (row: string): string =>
  `NOT EXISTS (SELECT FROM changed x WHERE x.primero_id = ${row}.primero_id)`;

/**
 * ONA's side of audits: its cases of the indicator that were last updated in the range, and the rejects among
 * them, without those that Primero has changed since the window's end. A case that ONA holds in an older form,
 * its newer record being rejected, counts once: as the reject.
 *
 * Parameters: audits, ids of what has changed. Returns the audits with `held`.
 */
export const COUNT_HELD = `
WITH changed AS MATERIALIZED (SELECT value::uuid AS primero_id FROM json_array_elements_text($2::json))
SELECT r.position, (
  SELECT count(*)::integer FROM cases c
  WHERE ${belongs('c')} AND ${isUnchanged('c')}
    AND NOT EXISTS (SELECT FROM sync_rejects j WHERE j.primero_id = c.primero_id AND j.scope = 'case')
) + (
  SELECT count(*)::integer FROM sync_rejects j
  WHERE j.scope = 'case' AND ${belongs('j')} AND ${isUnchanged('j')}
) AS held
FROM ${recordset('$1', AUDIT)}
ORDER BY r.position`;

/**
 * Times that divide what ONA holds in ranges into even parts.
 * Parameter: the ranges. Returns the cuts of each, in the order of the ranges.
 */
export const SELECT_CUTS = `
SELECT coalesce((
  SELECT percentile_disc(ARRAY(SELECT part / ${AUDIT_PARTS}.0::float8 FROM generate_series(1, ${AUDIT_PARTS - 1}) AS part))
    WITHIN GROUP (ORDER BY c.primero_updated_at)
  FROM cases c WHERE ${belongs('c')}
), '{}') AS cuts
FROM ${recordset('$1', AUDIT)}
ORDER BY r.position`;

/** Puts a proof into the ledger. Parameters: its sides, sync id, batch number, window's end. */
export const WRITE_PROOF = `
INSERT INTO sync_proofs (sync_id, batch, indicator, window_to, expected, held, proven)
SELECT $2, $3::integer, r.indicator, $4::timestamptz, r.expected, r.held, r.expected = r.held
FROM ${recordset('$1', [
  { name: 'indicator', type: 'text' },
  { name: 'expected', type: 'bigint' },
  { name: 'held', type: 'bigint' },
])}`;

/** Takes ranges out of the coverage, to be read again. Parameters: ranges, sync id, batch number. */
export const REOPEN = `
INSERT INTO sync_reopened (indicator, ranges, reason, sync_id, batch)
SELECT r.indicator, range_agg(tstzrange(r."from", r."to" + interval '1 second')), 'DIFFERENCE', $2, $3::integer
FROM ${recordset('$1', AUDIT)}
GROUP BY r.indicator`;
