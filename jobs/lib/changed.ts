import { SyncError } from './errors.ts';
import type { Reading } from './paging/reading.ts';
import { MAX_CHANGED_IDS } from './settings.ts';
import { addSeconds, type Second } from './time.ts';

const HOUR = 3600;

/** From the second after the window to an hour from now: Primero's clock may be ahead of ours. */
export const changedRange = (windowTo: Second, now: number): { from: Second; to: Second } => ({
  from: addSeconds(windowTo, 1),
  to: addSeconds(now, HOUR),
});

/**
 * Ids of what has changed; null where there are too many, or their reading was not finished.
 * @throws {SyncError} PRIMERO_EMPTY where the search that finds none finds none at any time either
 */
export const toChanged = ({ coveredTo, to, records, everywhere }: Reading): string[] | null => {
  if (everywhere === 0)
    throw new SyncError('PRIMERO_EMPTY', 'Primero counts no case of any type or age, at any time.');
  return coveredTo > to && records.length <= MAX_CHANGED_IDS ? records.map(({ id }) => id) : null;
};
