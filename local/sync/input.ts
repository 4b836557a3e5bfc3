import type { Message } from '../../jobs/message/message.ts';
import { START_OF_RECORDS } from '../../jobs/policy.ts';
import { kindOf } from '../../jobs/writing/verdict.ts';
import type { LedgerSync } from '../ledger/read-sync.ts';

/** What initiate-sync takes in `state.data`. */
export type SyncInput = Partial<
  Pick<
    Message,
    'from' | 'to' | 'ask' | 'parts' | 'takeOver' | 'acceptRemovals' | 'changedSince' | 'dryRun'
  >
>;

/**
 * The input of a census that a person starts. Without any input it would be the cron's message, which ends at once
 * where this quarter has a complete census.
 */
export const CENSUS: SyncInput = { from: START_OF_RECORDS };

/** Whether all that is wanted is a census: then one that was stopped half-way may as well be brought to its end. */
export const isPlainCensus = (input: SyncInput): boolean =>
  Object.keys(input).every((name) => name === 'from' || name === 'parts') &&
  input.from === START_OF_RECORDS;

/** What kind of sync an input or a message makes. */
export const kindOfInput = ({
  from = START_OF_RECORDS,
  to = null,
  changedSince,
}: Pick<SyncInput, 'from' | 'to' | 'changedSince'>): LedgerSync['kind'] =>
  kindOf({ from, to, ...(changedSince && { changedSince }) } as Message);
