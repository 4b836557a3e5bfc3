import type { Kind } from '../errors/registry.ts';
import * as errors from '../errors/registry.ts';
import { ASKED_IDS, GROWTH, REMOVALS } from '../policy.ts';
import { type Second, toSecond } from '../time.ts';
import { freeable, type Waiting } from './freeable.ts';
import type { Message } from './message.ts';

/** What ONA notes of a sync. Times are ISO 8601. */
export interface SyncNoted {
  sync_id: string;
  kind: 'census' | 'changes' | 'range';
  created_from: string | null;
  created_to: string | null;
  changed_since: string | null;
  parts: number;
  accept_removals: number;
  began_at: string;
  state: 'under way' | 'complete' | 'ended' | 'superseded';
  reason: string | null;
  held_before: number;
  first_totals: Record<string, number>;
}

/** What is open once a part has no window left: a row of writing/end-questions.sql. */
export interface EndQuestions {
  others_ended: boolean;
  is_covered: boolean | null;
  read: Record<string, number>;
  differing: { from: string; to: string | null } | null;
  uncounted: string[];
  uncounted_to: string | null;
  unconfirmed: string[];
  rejects: Waiting[];
  rejected: number;
  children: number;
}

/** What a batch knows when it decides what comes next. */
export interface Known {
  message: Message;
  sync: Pick<SyncNoted, 'kind' | 'first_totals'>;
  /** Where the next window begins. */
  next: Second | null;
  /** How many records a page may have then. */
  page?: number | undefined;
  /** Absent children of this part that nobody has asked about. */
  open: readonly string[];
  unseen: number;
  /** Children that are to be removed; none if this batch removes them. */
  removals: number;
  /** Null while windows are left. */
  end: EndQuestions | null;
  totals: Record<string, { all: number; dated: number }> | null;
}

/** What follows a batch. */
export interface Follows {
  next: Message[];
  state: SyncNoted['state'];
  /** Why the sync ended without being complete, or except for whom it is complete. */
  reason: string | null;
  /** The error that it ended with. */
  error: Kind | null;
  /** Children that must be asked about from now on, besides those that are absent. */
  ask: string[];
}

const message = (
  { type, version, syncId, part, batch, to, changedSince, dryRun }: Message,
  fields: Partial<Message>,
): Message => ({
  ...{ type, version, syncId, part, batch: batch + 1, from: null, to, ask: [] },
  ...(changedSince && { changedSince }),
  ...(dryRun && { dryRun }),
  ...fields,
});

const goOn = (next: Message, ask: string[] = []): Follows => ({
  next: [next],
  state: 'under way',
  reason: null,
  error: null,
  ask,
});

const over = (state: Follows['state'], reason: string | null): Follows => ({
  next: [],
  state,
  reason,
  error: null,
  ask: [],
});

/** A sync that ends without being complete. So it removes no child. */
export const failed = (error: Kind, reason: string): Follows => ({
  next: [],
  state: 'ended',
  reason,
  error,
  ask: [],
});

/**
 * The messages after the first batch: one for each part. Each asks about children that ONA holds, before anything is written.
 *
 * @param bounds where the parts begin, except for the first part; in order
 * @param samples by part
 */
export const afterFirst = (
  first: Message,
  bounds: readonly Second[],
  samples: readonly (readonly string[])[],
): Follows => {
  const starts = [first.from, ...bounds];
  const next = starts.map((from, index) =>
    message(first, {
      part: index + 1,
      from,
      to: starts[index + 1] ?? first.to,
      ask: [...new Set([...first.ask, ...samples[index]!])].slice(0, ASKED_IDS),
    }),
  );
  return { ...over('under way', null), next };
};

/** Indicators whose total differs from what was read (ghosts left aside), and by how much. */
const differences = ({ end, totals }: Known): Record<string, number> => {
  const all: Record<string, number> = {};
  for (const [name, { dated }] of Object.entries(totals ?? {})) {
    const difference = dated - (end?.read[name] ?? 0);
    if (difference !== 0) all[name] = difference;
  }
  return all;
};

/** Names an indicator whose total has grown so much that Primero must be rebuilding its index. */
const grown = ({ totals, sync }: Known): string | undefined =>
  Object.keys(totals ?? {}).find((name) => {
    const before = sync.first_totals[name] ?? 0;
    const growth = totals![name]!.all - before;
    return growth > GROWTH.count && growth > before * GROWTH.share;
  });

/** The reason of a complete sync: except for whom it is complete. Null if for all. */
const exceptions = (known: Known): string | null => {
  const parts = known.unseen > 0 ? [`${known.unseen} unseen`] : [];
  for (const [name, { all, dated }] of Object.entries(known.totals ?? {}))
    if (all > dated) parts.push(`${all - dated} ${name} without a time of creation`);
  for (const [name, count] of Object.entries(differences(known)))
    parts.push(`${Math.abs(count)} ${name} that changed while it was read`);
  return parts.length === 0 ? null : `Complete but for ${parts.join(', ')}.`;
};

/** What follows when all parts have read all windows and no absent child is left to ask about. */
const atTheEnd = (known: Known, end: EndQuestions): Follows => {
  if (end.differing) {
    const { from, to } = end.differing;
    return goOn(
      message(known.message, { from: toSecond(from), to: to === null ? null : toSecond(to) }),
    );
  }
  if (!end.is_covered) return failed(errors.SYNC_INCOMPLETE, 'Windows are missing.');
  const growing = grown(known);
  if (growing)
    return failed(
      errors.PRIMERO_REINDEXING,
      `The total of ${growing} has grown while it was read.`,
    );
  if (Object.keys(differences(known)).length > 0 && end.uncounted.length > 0) {
    const to = end.uncounted_to === null ? null : toSecond(end.uncounted_to);
    return goOn(
      message(known.message, { to, recount: end.uncounted.map((from) => toSecond(from)) }),
    );
  }
  const { now, withRemovals } = freeable(end.rejects);
  if (now.length > 0) {
    const ask = now.slice(0, ASKED_IDS);
    return goOn(message(known.message, { ask }), ask);
  }
  // At the very end, in one message with the children that wait for their ids.
  const more = withRemovals.slice(0, Math.max(0, ASKED_IDS - end.unconfirmed.length));
  if (end.unconfirmed.length + more.length > 0)
    return goOn(message(known.message, { ask: [...end.unconfirmed, ...more] }), more);
  const { count, share } = REMOVALS;
  if (end.rejected > count && end.rejected > end.children * share)
    return failed(
      errors.TOO_MANY_REJECTS,
      `${end.rejected} of the ${end.children} children that were read were rejected.`,
    );
  // Only a batch that reads no window removes children.
  if (known.removals > 0) return goOn(message(known.message, {}));
  return over('complete', exceptions(known));
};

/**
 * What follows a batch that was written: the next message of its chain, or the end of the chain, or of the sync. What is
 * still open is asked in this order: absent children; windows whose totals differ, once; rejects whose id has become free;
 * children that are to be removed, once more.
 */
export const follow = (known: Known): Follows => {
  const { message: last, sync, next, page, open, end } = known;
  const ask = open.slice(0, ASKED_IDS);
  if (next !== null) return goOn(message(last, { from: next, ask, ...(page && { page }) }));
  if (ask.length > 0) return goOn(message(last, { ask }));
  if (last.dryRun) return over('ended', 'A dry run: nothing was written.');
  if (!end?.others_ended) return over('under way', null);
  if (sync.kind === 'changes')
    return over('complete', `Changes since ${last.changedSince} brought over.`);
  if (sync.kind === 'range') return over('complete', 'Read again what was asked for.');
  return atTheEnd(known, end);
};
