import { COUNTED, type Counted } from './indicators.ts';
import type { Reading } from './paging/reading.ts';
import { MAX_CHANGED_IDS } from './settings.ts';
import { addSeconds, type Second } from './time.ts';
import type { Proof } from './types.ts';

const HOUR = 3600;

/** From the second after the window to an hour from now: Primero's clock may be ahead of ours. */
export const changedRange = (windowTo: Second, now: number): { from: Second; to: Second } => ({
  from: addSeconds(windowTo, 1),
  to: addSeconds(now, HOUR),
});

/** Primero's side of the proof; `changed` is null where its reading was not finished. */
export const toProof = (totals: readonly number[], changed: Reading): Proof => ({
  totals: Object.fromEntries(
    COUNTED.map((indicator, index) => [indicator, totals[index]]),
  ) as Record<Counted, number>,
  changed:
    changed.coveredTo > changed.to && changed.records.length <= MAX_CHANGED_IDS
      ? changed.records.map(({ id }) => id)
      : null,
});
