import { SyncError } from '../../errors.ts';
import { decide, toSides } from '../../ledger.ts';
import { summarise } from '../../tally.ts';
import type { Summary } from '../../types.ts';
import type { Outcome, State } from '../state.ts';
import type { UpsertState } from './state.ts';

/**
 * Hands on what the batch did and what comes next, now that it is committed.
 * @throws {SyncError} SURPLUS_REFUSED or INCOMPLETE where the numbers differ for good; the ledger has them
 */
export const handOnOutcome = (state: UpsertState): State & { data: Outcome } => {
  const { batch, held, audited, verdict, rows, written, configuration } = state;
  const decision = decide(batch, { ...state, superseded: held.superseded });
  const { next, complete, ended } = decision;
  const proof = audited && !batch.message.proof?.audits ? toSides(audited) : null;
  const summary: Summary = { ...summarise(batch, rows, written), proof, complete, ended };
  console.log(
    `Batch ${summary.batch} of sync ${summary.syncId}: ${JSON.stringify(summary.indicators)}`,
  );
  if (verdict?.kind === 'refused' || verdict?.kind === 'unmendable') {
    const numbers = (audited ?? []).map(
      ({ indicator, from, to, expected, held }) =>
        `${indicator}, ${from} to ${to}: Primero ${expected}, ONA ${held}`,
    );
    const code = verdict.kind === 'refused' ? 'SURPLUS_REFUSED' : 'INCOMPLETE';
    throw new SyncError(code, `The numbers differ (${numbers.join('; ')}).`);
  }
  return { configuration, references: [], data: { summary, next } };
};
