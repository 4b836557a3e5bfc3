import type { LedgerSync } from '../ledger/read-sync.ts';
import { standOf } from '../ledger/stand.ts';
import { sumUp } from '../ledger/sums.ts';

/**
 * A sync, for scripts. `new`, `changed`, `unchanged` and `rejected` of `all` add up to `all.read − all.inSeveral`.
 * `heldAfter` is `heldBefore + all.new + returned − removed − expired`.
 */
export const syncDocument = (sync: LedgerSync) => {
  const { summaries, ...rest } = sync;
  const { read: __, of, batches: ___, asking } = standOf(sync);
  return { ...rest, ...sumUp(summaries), toRead: of, asking };
};
