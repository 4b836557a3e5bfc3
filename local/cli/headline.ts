import type { LedgerSync } from '../ledger/read-sync.ts';
import type { SyncResult } from '../sync/run-sync.ts';
import { plural } from '../words.ts';
import { isStill } from './sync-text.ts';

const rejectsOf = ({ rejects }: LedgerSync): string => {
  const count = (scope: string) =>
    rejects.reduce((sum, each) => sum + (each.scope === scope ? each.count : 0), 0);
  const named = [
    count('case') > 0 && plural(count('case'), 'record', 'records'),
    count('service') > 0 && plural(count('service'), 'service', 'services'),
  ].filter((part) => part !== false);
  return named.length === 0 ? '' : ` Not loaded: ${named.join(' and ')}.`;
};

/** What a sync that reached its end did, by its kind. */
const doneBy = ({ kind, reason, changedSince, createdFrom, createdTo }: LedgerSync): string => {
  if (kind === 'changes') return `Changes since ${changedSince} brought over.`;
  if (kind === 'range' && createdFrom !== null)
    return `Read again: cases created from ${createdFrom} ${createdTo ? `up to ${createdTo}` : 'on'}.`;
  if (kind === 'range') return 'Read again: the cases that were asked for.';
  return reason ?? 'Complete: every child was looked at.';
};

/** The first line: the result of a sync that did not fail. */
export const headline = ({ outcome, sync }: SyncResult): string => {
  if (outcome === 'dry run') return 'A dry run: nothing was written. A sync would do this:';
  const still = isStill(sync!) ? ' Nothing had changed.' : '';
  return `${doneBy(sync!)}${rejectsOf(sync!)}${still}`;
};
