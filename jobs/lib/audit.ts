import { COUNTED, type Counted } from './indicators.ts';
import type { Message, Range } from './message.ts';
import {
  AUDIT_PARTS,
  MAX_AUDITS,
  MAX_MENDS,
  MAX_SURPLUS_SHARE,
  PAGE_SIZE,
  PROOF_ATTEMPTS,
  START_OF_RECORDS,
  TOLERATED_SURPLUS,
} from './settings.ts';
import { addSeconds, type Second, toSecond } from './time.ts';
import type { ProofSides } from './types.ts';

/** A range in which Primero's cases and ONA's are counted against each other. */
export interface Audit extends Range {
  indicator: Counted;
}

/** An audit with both counts. */
export type Audited = Audit & ProofSides;

/** The audits of a message: its own, else all that was ever updated up to the window's end. */
export const auditsOf = ({ proof, window }: Message): Audit[] =>
  proof?.audits ?? wholeAudits(window.to);

const wholeAudits = (windowTo: Second): Audit[] =>
  COUNTED.map((indicator) => ({ indicator, from: START_OF_RECORDS, to: windowTo }));

const differs = ({ expected, held }: ProofSides): boolean => expected !== held;

/**
 * Whether ONA holds so much more than Primero that nothing may be taken out: a user who may see fewer cases
 * than before looks just like that.
 */
const isRefused = ({ expected, held }: ProofSides): boolean =>
  held - expected > Math.max(TOLERATED_SURPLUS, held * MAX_SURPLUS_SHARE);

/** Whether a range is to be read again rather than searched: it fits a page, is one second, or lacks most. */
const isSmall = ({ from, to, expected, held }: Audited): boolean => {
  const most = Math.max(expected, held);
  return most <= PAGE_SIZE || from === to || Math.abs(expected - held) * 2 > most;
};

/** What the counts of a batch mean. */
export type AuditVerdict =
  /** Both sides are equal for all that there is. */
  | { kind: 'proven' }
  /** A difference is counted again before it is believed: a record may have moved between two questions. */
  | { kind: 'recount'; attempt: number }
  /** A difference that stays: ranges to read again now, and ranges to search it in. */
  | { kind: 'mend'; reopen: Audited[]; search: Audited[] }
  /** A difference that may not be mended, or that mending did not mend. */
  | { kind: 'refused' | 'unmendable' };

/** Judges the counts that a message asked for. */
export const judgeAudits = (
  { audits, attempt = 1, mends = 0 }: NonNullable<Message['proof']>,
  audited: readonly Audited[],
): AuditVerdict => {
  const different = audited.filter(differs);
  if (different.length === 0) return audits ? { kind: 'recount', attempt: 1 } : { kind: 'proven' };
  if (!audits && attempt < PROOF_ATTEMPTS) return { kind: 'recount', attempt: attempt + 1 };
  if (!audits && different.some(isRefused)) return { kind: 'refused' };
  if (mends >= MAX_MENDS) return { kind: 'unmendable' };
  return {
    kind: 'mend',
    reopen: different.filter(isSmall),
    search: different.filter((each) => !isSmall(each)).slice(0, MAX_AUDITS / AUDIT_PARTS),
  };
};

/**
 * Splits a range at times of the rows that ONA holds in it.
 * @param cuts ascending; several may lie in one second
 * @example <caption>Two parts</caption>
 * split({ indicator: 'under18', from: '…:00Z', to: '…:09Z' }, ['…:05.250Z'])
 * // from …:00Z to …:04Z, and from …:05Z to …:09Z
 */
export const split = (
  { indicator, from, to }: Audit,
  cuts: readonly (string | Date)[],
): Audit[] => {
  const borders = cuts.map((cut) => toSecond(new Date(cut).getTime()));
  const starts = [...new Set([from, ...borders.filter((border) => border > from && border <= to)])];
  // All that ONA holds lies in the first second: that becomes a part, or the search would never end.
  if (starts.length === 1 && from < to) starts.push(addSeconds(from, 1));
  return starts.map((start, index) => {
    const next = starts[index + 1];
    return { indicator, from: start, to: next === undefined ? to : addSeconds(next, -1) };
  });
};
