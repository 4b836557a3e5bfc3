import type { Known } from './known.ts';
import type { BatchRows } from './rows.ts';

/** What of a batch is still to be written, and whose rejects it settles. */
export type Pending = Pick<BatchRows, 'cases' | 'seen'> & {
  settled: BatchRows['seen'];
};

/** Before ONA was asked what it knows. */
export const NOTHING_PENDING: Pending = { cases: [], seen: [], settled: [] };

/**
 * Leaves out what ONA holds just as it is: it needs no writing, and so no sending. Only a disabled record, or one
 * whose case_id has changed, can mean that something is to be removed.
 */
export const toPending = (
  { cases, seen }: BatchRows,
  { isSame, caseIds, rejected }: Known,
): Pending => {
  const isMoved = (id: string, caseId: string | null) =>
    caseId !== null && (caseIds.get(id) ?? caseId) !== caseId;
  return {
    cases: cases.filter((each) => !isSame(each)),
    seen: seen.filter(
      ({ primero_id, case_id, enabled }) => !enabled || isMoved(primero_id, case_id),
    ),
    settled: seen.filter(({ settles, primero_id }) => settles && rejected.has(primero_id)),
  };
};
