import type { Reading } from './paging/reading.ts';
import { MAX_CHANGED_IDS } from './settings.ts';
import { addSeconds, type Second } from './time.ts';

const HOUR = 3600;

/** From the second after the window to an hour from now: Primero's clock may be ahead of ours. */
export const changedRange = (windowTo: Second, now: number): { from: Second; to: Second } => ({
  from: addSeconds(windowTo, 1),
  to: addSeconds(now, HOUR),
});

/** Ids of what has changed; null where there are too many, or their reading was not finished. */
export const toChanged = ({ coveredTo, to, records }: Reading): string[] | null =>
  coveredTo > to && records.length <= MAX_CHANGED_IDS ? records.map(({ id }) => id) : null;
