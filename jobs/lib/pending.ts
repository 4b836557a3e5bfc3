import type { Known } from './known.ts';
import type { BatchRows } from './rows.ts';

/** What of a batch is still to be written, and whose rejects it settles. */
export type Pending = Pick<BatchRows, 'cases' | 'seen'> & {
  settled: BatchRows['seen'];
};

/** Before ONA was asked what it knows. */
export const NOTHING_PENDING: Pending = { cases: [], seen: [], settled: [] };

/**
 * Leaves out what ONA holds just as it is: it needs no writing, and so no sending. What ONA does not know cannot
 * have to be removed either, unless it is disabled and an earlier integration left it.
 */
export const toPending = ({ cases, seen }: BatchRows, known: Known): Pending => {
  const same = new Set<string>();
  const pending = cases.filter((each) => {
    if (!known.isSame(each)) return true;
    same.add(each.row.primero_id);
    return false;
  });
  return {
    cases: pending,
    seen: seen.filter(
      ({ primero_id, enabled }) =>
        !same.has(primero_id) && (known.held.has(primero_id) || !enabled),
    ),
    settled: seen.filter(({ settles, primero_id }) => settles && known.rejected.has(primero_id)),
  };
};
