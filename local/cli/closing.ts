import { sumUp } from '../ledger/sums.ts';
import type { SyncResult } from '../sync/run-sync.ts';
import { plural } from '../words.ts';
import { headline } from './headline.ts';
import { syncText } from './sync-text.ts';

const list = (title: string, lines: string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

/** The time that this command took. The time from the first batch to the last may be much longer. */
const ranIn = ({ sync, seconds, isWatched }: SyncResult): string => {
  const { batches } = sumUp(sync!.summaries);
  const here = isWatched ? 'watched for' : 'this command took';
  return `${plural(batches, 'batch', 'batches')}; ${here} ${seconds.toFixed(1)} s.`;
};

/**
 * The text that a sync prints at its end: the result first.
 * @param where lines that say where the data is
 * @param next lines that say what to try next
 */
export const closingText = (
  result: SyncResult,
  where: string[],
  next: string[],
  width?: number,
): string =>
  [
    '',
    headline(result),
    '',
    ...syncText(result.sync!, width),
    ranIn(result),
    ...list('Where the data is:', where),
    ...list('What to try next:', next),
    '',
  ].join('\n');
