import type { FindingOf, Lists, Totals } from '../asking/batch.ts';
import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { isFirst, type Message } from '../message/message.ts';
import type { SyncNoted } from '../message/next.ts';
import { HOURS, REMOVALS, SAMPLE, START_OF_RECORDS } from '../policy.ts';
import { toMs } from '../time.ts';
import type { Verdict } from './state.ts';

/** What ONA knows before a batch is written: the row of look-up-sync.sql. */
export interface LookedUp {
  sync: SyncNoted | null;
  age_hours: number | null;
  next: Message[] | null;
  is_overtaken: boolean;
  other: string | null;
  other_age_hours: number | null;
  other_kind: SyncNoted['kind'] | null;
  complete_since: string | null;
  /** Primero's lists, from the newest sync that has them. */
  lists: Lists | null;
}

/** The kind of sync that a first message begins. */
export const kindOf = ({ from, to, changedSince }: Message): SyncNoted['kind'] => {
  if (changedSince) return 'changes';
  return from === START_OF_RECORDS && to === null ? 'census' : 'range';
};

const nothing = (reason: string): Verdict => ({ kind: 'nothing', next: [], reason });

/** Whether another sync that is under way keeps this one from beginning. */
const blocker = (message: Message, { other, other_age_hours, other_kind }: LookedUp) => {
  if (other === null) return null;
  // Only a census may take the place of a census that has not ended.
  const mayReplace = kindOf(message) === 'census' || other_kind !== 'census';
  const standsStill = other_age_hours! >= (mayReplace ? HOURS.standsStill : HOURS.takesBatches);
  if (standsStill || (mayReplace && message.takeOver)) return null;
  return `Sync ${other} is under way: wait until it is over${mayReplace ? ', or take over (--take-over)' : ''}.`;
};

const judgeFirst = (message: Message, found: LookedUp): Verdict => {
  if (found.complete_since !== null)
    return nothing(`A census that began at ${found.complete_since} is complete already.`);
  const blocked = blocker(message, found);
  if (blocked) return nothing(blocked);
  return { kind: 'begin', supersedes: found.other !== null };
};

const isSame = (a: string | undefined, b: string | null): boolean =>
  a === undefined ? b === null : b !== null && toMs(a) === toMs(b);

/** A later message must say the same of its sync as the first message did. */
const checkMessage = (message: Message, sync: SyncNoted): void => {
  const { syncId, part, changedSince, recount, dryRun } = message;
  const isItsOwn =
    !dryRun &&
    isSame(changedSince, sync.changed_since) &&
    part <= sync.parts &&
    (!recount || sync.kind === 'census');
  if (!isItsOwn)
    throw new SyncError(
      errors.MESSAGE_REFUSED,
      `The message says otherwise than sync ${syncId} began with ("changedSince", "part", "recount" or "dryRun").`,
    );
};

/**
 * What must be done with a batch.
 * @throws {SyncError} MESSAGE_REFUSED for a message that does not belong to a sync that ONA knows
 */
export const judgeBatch = (message: Message, found: LookedUp): Verdict => {
  const { sync, next, is_overtaken, age_hours } = found;
  if (message.dryRun && !sync) return { kind: 'write' };
  if (!sync) {
    if (isFirst(message)) return judgeFirst(message, found);
    throw new SyncError(
      errors.MESSAGE_REFUSED,
      `ONA knows no sync ${message.syncId}, and the message is not its first.`,
    );
  }
  checkMessage(message, sync);
  if (next) {
    return is_overtaken || sync.state !== 'under way'
      ? nothing('This batch is written, and its sync has gone on.')
      : { kind: 'again', next, reason: 'This batch is written already.' };
  }
  if (sync.state !== 'under way') return nothing(`This sync is over: ${sync.reason ?? sync.state}`);
  if (age_hours! >= HOURS.takesBatches)
    return nothing(`This sync began more than ${HOURS.takesBatches} hours ago: start a new one.`);
  return { kind: 'write' };
};

/**
 * Whether this is another Primero than the one that ONA's children came from, judging by the sample that was asked for before anything
 * was written. If a person has accepted that many removals, that is an answer, too. And if Primero knows some of them, as few may be missing
 * from a small ONA as could be removed without confirmation.
 */
export const isAnother = (findings: readonly FindingOf[], sync: SyncNoted): boolean => {
  const unknown = findings.filter(({ finding }) => finding === 'deleted').length;
  const known = findings.length - unknown;
  // Of a few children one may well be gone. That proves nothing yet.
  if (known >= findings.length * SAMPLE.share || (known > 0 && unknown === 1)) return false;
  const estimate = (unknown / findings.length) * sync.held_before;
  const few = known > 0 ? REMOVALS.count : 0;
  return estimate > Math.max(few, sync.accept_removals * SAMPLE.tolerance);
};

/** Whether Primero counts no children at all. */
export const isEmpty = (totals: Totals): boolean =>
  Object.values(totals).every(({ all }) => all === 0);
