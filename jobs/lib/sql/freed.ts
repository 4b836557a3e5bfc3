/**
 * Two common table expressions for a statement that takes cases out, or services from them: where another child, or a
 * service of one, was rejected because of an id that may be free now, the second in which that child was last updated
 * is taken out of the coverage, and so it is fetched again. The reject goes: who is still held up gets a new one then,
 * which names whoever has the id by that time.
 *
 * @param losers name of the expression with the `primero_id` of the cases that lose something
 * @param syncId,batch the parameters that hold them
 * @param what whether all of a case goes, or services only: then its case_id stays taken
 */
export const reopenFreed = (
  losers: string,
  syncId: string,
  batch: string,
  what: 'cases' | 'services' = 'cases',
): string => `
freed AS (
  DELETE FROM sync_rejects j
  WHERE j.held_by = ANY (ARRAY(SELECT DISTINCT primero_id FROM ${losers}))${what === 'services' ? " AND j.scope = 'service'" : ''}
  RETURNING j.in_reintegration, j.in_under18, date_trunc('second', j.primero_updated_at) AS second
),
reopened AS (
  INSERT INTO sync_reopened (indicator, ranges, reason, sync_id, batch)
  SELECT i.indicator, range_agg(tstzrange(f.second, f.second + interval '1 second')),
         'ID_FREED', ${syncId}, ${batch}::integer
  FROM freed f
  CROSS JOIN LATERAL (VALUES ('reintegration', f.in_reintegration), ('under18', f.in_under18)) i (indicator, counts)
  WHERE i.counts
  GROUP BY i.indicator
)`;
