import type { LedgerSync } from '../ledger/read-sync.ts';
import { standOf } from '../ledger/stand.ts';
import { sumUp } from '../ledger/sums.ts';

/**
 * A sync for scripts. `all.read − all.inSeveral` is what new, changed, unchanged and rejected add up to;
 * `heldBefore + all.new + returned − removed − expired` is `heldAfter`.
 */
export const syncDocument = (sync: LedgerSync) => {
  const { summaries, ...rest } = sync;
  const { read: __, of, batches: ___, asking } = standOf(sync);
  return { ...rest, ...sumUp(summaries), toRead: of, asking };
};
