import type { SyncNoted } from '../message/next.ts';

/** What ONA says of this quarter's census: the row of select-standing.sql. Times are ISO 8601. */
export interface Standing {
  /** The first day of the quarter. */
  quarter: string;
  sync: Pick<SyncNoted, 'sync_id' | 'state' | 'reason' | 'began_at'> | null;
  last_batch: { part: number; batch: number; written_at: string } | null;
  /** Children that count now, by indicator. */
  counts: Record<string, number>;
  held: number;
  not_loaded: number;
  /** Children that the census wrote or removed. */
  changes: { new: number; changed: number; removed: number };
  /** What has changed in Primero's forms and lists since the sync before. */
  lists_changed: string[];
}

/** What is posted: counts, times and the sync's own words, but no data of a child. */
export interface StandingReport extends Standing {
  /** Chat programs show this field of a post. */
  text: string;
  outcome: 'complete' | 'complete but' | 'not complete';
}

const outcomeOf = ({ sync }: Standing): StandingReport['outcome'] => {
  if (sync?.state !== 'complete') return 'not complete';
  return sync.reason === null ? 'complete' : 'complete but';
};

const whereItStopped = ({ sync, last_batch: last }: Standing): string => {
  if (sync === null) return 'No census began in it.';
  const { sync_id: id, began_at: began, state, reason } = sync;
  const wrote = last
    ? `wrote its last batch, ${last.batch} of part ${last.part}, at ${last.written_at}`
    : 'wrote no batch';
  const why = state === 'under way' ? 'It has not ended.' : `It is over: ${reason ?? state}`;
  return `Sync ${id} began at ${began} and ${wrote}. ${why}`;
};

const numbers = ({
  held,
  counts,
  changes,
  not_loaded: rejected,
  lists_changed: lists,
}: Standing): string => {
  const each = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  const { new: added, changed, removed } = changes;
  const told = lists.length > 0 ? ` Changed in Primero's lists: ${lists.join(', ')}.` : '';
  return `ONA holds ${held} children; that count now: ${each.join(', ') || 'none'}. New: ${added}, changed: ${changed}, removed: ${removed}, not loaded: ${rejected}.${told}`;
};

/** Says whether this quarter's census is complete: with the numbers, or with where it stopped. */
export const toStandingReport = (standing: Standing): StandingReport => {
  const outcome = outcomeOf(standing);
  const which = `Primero to ONA, quarter from ${standing.quarter}:`;
  const said = {
    complete: `complete. ${numbers(standing)}`,
    'complete but': `${standing.sync?.reason} ${numbers(standing)}`,
    'not complete': `not complete. ${whereItStopped(standing)} See the runbook: "Run the quarter again".`,
  };
  return { text: `${which} ${said[outcome]}`, outcome, ...standing };
};
