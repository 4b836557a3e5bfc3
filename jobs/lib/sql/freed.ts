/**
 * Two common table expressions for a statement that removes cases: where another child was rejected because of
 * a case_id that is free now, the second in which it was last updated is taken out of the coverage, and so it
 * is fetched again.
 *
 * @param removed name of the expression with the removed cases' `primero_id`
 * @param syncId,batch the parameters that hold them
 */
export const reopenFreed = (removed: string, syncId: string, batch: string): string => `
freed AS (
  DELETE FROM sync_rejects j USING ${removed} f WHERE j.held_by = f.primero_id
  RETURNING j.in_reintegration, j.in_under18, date_trunc('second', j.primero_updated_at) AS second
),
reopened AS (
  INSERT INTO sync_reopened (indicator, ranges, reason, sync_id, batch)
  SELECT i.indicator, range_agg(tstzrange(f.second, f.second + interval '1 second')),
         'CASE_ID_FREED', ${syncId}, ${batch}::integer
  FROM freed f
  CROSS JOIN LATERAL (VALUES ('reintegration', f.in_reintegration), ('under18', f.in_under18)) i (indicator, counts)
  WHERE i.counts
  GROUP BY i.indicator
)`;
