import { judgeAudits } from '../../audit.ts';
import { scopeOf } from '../../ledger.ts';
import { SELECT_GAPS, WRITE_LEDGER } from '../../sql/ledger.ts';
import { COUNT_HELD, REOPEN, SELECT_CUTS, WRITE_PROOF } from '../../sql/proof.ts';
import { summarise, toLines } from '../../tally.ts';
import type { Step, UpsertState } from './state.ts';

const json = JSON.stringify;

/** Lines and rejects; then what the ledger still lacks. */
export const writeLedger: Step = {
  doing: 'writing the ledger',
  text: WRITE_LEDGER,
  values: ({ batch, rows, pending, written, held }) => {
    const { message, fetchedAt } = batch;
    const { syncId, mode, window } = message;
    const lines = toLines(summarise(batch, rows, written), rows, !held.any);
    return [
      ...[syncId, message.batch, mode, window.to, fetchedAt],
      ...[json(lines), json(rows.rejects), json(pending.settled)],
      ...scopeOf(message),
    ];
  },
  receive: (state, gaps) => ({ ...state, gaps }),
};

/** Counts are compared in search of a difference, or where no gap is left that explains one. */
const isComparable = ({ batch: { message, expected, changed }, gaps }: UpsertState): boolean =>
  Boolean(expected && changed) && (message.proof?.audits !== undefined || gaps.length === 0);

export const countHeld: Step = {
  doing: 'counting what ONA holds',
  text: COUNT_HELD,
  values: (state) => {
    const { expected, changed } = state.batch;
    if (!isComparable(state)) return null;
    return [json(expected?.map((audit, position) => ({ ...audit, position }))), json(changed)];
  },
  receive: (state, counts) => {
    const { message, expected } = state.batch;
    const audited = expected!.map((audit, position) => ({ ...audit, held: counts[position].held }));
    return { ...state, audited, verdict: judgeAudits(message.proof ?? {}, audited) };
  },
};

/** The ledger keeps the counts of the whole, not those of a search. */
export const writeProof: Step = {
  doing: 'writing the proof',
  text: WRITE_PROOF,
  values: ({ audited, batch: { message } }) =>
    audited && !message.proof?.audits
      ? [json(audited), message.syncId, message.batch, message.window.to]
      : null,
};

const mending = ({ verdict }: UpsertState) => (verdict?.kind === 'mend' ? verdict : null);

export const reopen: Step = {
  doing: 'reopening ranges whose numbers differ',
  text: REOPEN,
  values: (state) => {
    const ranges = mending(state)?.reopen ?? [];
    const { syncId, batch } = state.batch.message;
    return ranges.length === 0 ? null : [json(ranges), syncId, batch];
  },
};

export const selectCuts: Step = {
  doing: 'dividing ranges whose numbers differ',
  text: SELECT_CUTS,
  values: (state) => {
    const ranges = mending(state)?.search ?? [];
    return ranges.length === 0
      ? null
      : [json(ranges.map((each, position) => ({ ...each, position })))];
  },
  receive: (state, rows) => ({
    ...state,
    cuts: mending(state)!.search.map((range, index) => ({ range, cuts: rows[index].cuts })),
  }),
};

/** What was just reopened is a gap too. */
export const selectReopened: Step = {
  doing: 'looking for gaps',
  text: SELECT_GAPS,
  values: (state) => (mending(state)?.reopen.length ? scopeOf(state.batch.message) : null),
  receive: (state, gaps) => ({ ...state, gaps }),
};

export const commit: Step = { doing: 'committing', text: 'COMMIT' };
