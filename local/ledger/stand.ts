import type { Message } from '../../jobs/message/message.ts';
import type { Summary } from '../../jobs/writing/summary.ts';

/** How far a sync is. */
export type Stand = {
  batches: number;
  /** Children that were read so far. */
  read: number;
  /** How many there are to read, as Primero counts them now; null where not all parts have asked yet. */
  of: number | null;
  /** Children that the next batches ask about by id, once no window is left. */
  asking: number;
};

/** What Primero counts after the last window of a part; null before its first window. */
const remainingOf = (part: number, summaries: readonly Summary[], pending: readonly Message[]) => {
  const own = summaries.filter((each) => each.part === part && each.did === 'wrote');
  const next = pending.find((each) => each.part === part);
  if (own.length > 0 && (!next || next.from === null)) return 0;
  return own.findLast(({ remaining }) => remaining !== null)?.remaining ?? null;
};

/** How far a sync is, judging by the summaries of its batches and the messages that follow the last ones. */
export const standOf = (sync: {
  parts: number;
  summaries: readonly Summary[];
  pending: readonly Message[];
}): Stand => {
  const { parts, summaries, pending } = sync;
  const read = summaries.reduce((sum, { all }) => sum + all.read - all.inSeveral, 0);
  const remaining = Array.from({ length: parts }, (_, index) =>
    remainingOf(index + 1, summaries, pending),
  );
  const isKnown = remaining.every((count) => count !== null);
  return {
    batches: summaries.filter(({ did }) => did === 'wrote').length,
    read,
    of: isKnown ? remaining.reduce((sum, count) => sum + count, read) : null,
    asking: pending.reduce((sum, { from, ask }) => sum + (from === null ? ask.length : 0), 0),
  };
};
