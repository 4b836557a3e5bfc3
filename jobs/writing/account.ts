import type { sql as Sql } from '@openfn/language-postgresql';
import { SyncError } from '../errors/sync-error.ts';
import { type Follows, failed } from '../message/next.ts';
import type { State } from '../state.ts';
import { toArray } from './arrays.ts';
import { whatFollows } from './findings.ts';
import FINISH_BATCH from './finish-batch.sql';
import FORGET_EARLIER from './forget-earlier.sql';
import NOTE_BATCH from './note-batch.sql';
import { query, type Statement } from './query.ts';
import type { WriteState } from './state.ts';
import { summarise } from './summarise.ts';
import type { Summary } from './summary.ts';

type Step = Statement<WriteState>;

const REJECT_COLUMNS = ['primero_id', 'scope', 'field', 'reason', 'wanted', 'indicators'] as const;

/** Notes the windows, who is absent from them, whom they brought, what could not be loaded, and why figures changed. */
export const noteBatch: Step = {
  doing: 'noting the batch',
  text: NOTE_BATCH,
  values: ({ verdict, batch, children, rejects, sync }) => {
    if (verdict.kind !== 'write') return null;
    const { message, windows, recounted } = batch;
    return [
      message.syncId,
      message.part,
      children.filter(({ origin }) => origin === 'window').map(({ id }) => id),
      windows.map(({ from }) => from),
      windows.map(({ to }) => to),
      toArray(windows.map(({ counts }) => JSON.stringify(counts))),
      sync!.kind === 'census',
      children.map(({ id }) => id),
      ...REJECT_COLUMNS.map((column) => rejects.map((reject) => reject[column])),
      recounted.map(({ from }) => from),
      toArray(recounted.map(({ totals }) => JSON.stringify(totals))),
    ];
  },
};

/** What follows a batch, and what it did. */
const outcomeOf = (state: WriteState): [did: Summary['did'], follows: Follows] => {
  const { verdict, follows, sync } = state;
  const after = sync?.state ?? 'ended';
  if (verdict.kind === 'write') return ['wrote', state.completes ?? whatFollows(state)];
  if (verdict.kind === 'begin') return ['began', follows];
  if (verdict.kind === 'refuse') return ['refused', failed(verdict.error.kind, verdict.error.what)];
  const { next, reason } = verdict;
  return [verdict.kind, { ...follows, next, state: after, reason }];
};

/** Decides what follows the batch, and sums it up. */
export const decide = (state: WriteState): WriteState => {
  const [did, follows] = outcomeOf(state);
  return { ...state, follows, summary: summarise(state, did, follows) };
};

/** Keeps the batch, with what follows it. */
export const finishBatch: Step = {
  doing: 'keeping the batch',
  text: FINISH_BATCH,
  values: ({ verdict, batch: { message, totals }, follows, summary, removed }) => {
    if (verdict.kind === 'again' || verdict.kind === 'nothing') return null;
    return [
      message.syncId,
      message.part,
      message.batch,
      JSON.stringify(follows.next),
      JSON.stringify(summary),
      follows.state,
      follows.reason,
      removed?.children ?? 0,
      totals && JSON.stringify(totals),
      follows.ask,
    ];
  },
};

/** Deletes what earlier syncs left open, because this census has looked at every child. Their figures are kept. */
export const forgetEarlier: Step = {
  doing: 'forgetting earlier syncs',
  text: FORGET_EARLIER,
  values: ({ verdict, batch, follows, sync }) => {
    // A late message of a complete sync must not change anything of a sync that is under way now.
    const completes = verdict.kind === 'write' && follows.state === 'complete';
    return completes && sync?.kind === 'census' ? [batch.message.syncId] : null;
  },
};

/** Ends the transaction. A dry run rolls everything back. */
export const end = (sql: typeof Sql) => async (state: WriteState) =>
  query(sql, {
    doing: 'ending the transaction',
    text: state.batch.message.dryRun ? 'ROLLBACK' : 'COMMIT',
  })(state);

/**
 * Passes on what follows and the summary, but no data of a child.
 * @throws {SyncError} the reason why the sync ended without being complete; ONA has noted it
 */
export const handOnOutcome = ({
  configuration,
  follows,
  summary,
}: WriteState): State & {
  data: { summary: Summary | null; next: WriteState['follows']['next'] };
} => {
  console.log(JSON.stringify(summary));
  if (follows.error) throw new SyncError(follows.error, follows.reason!);
  return { configuration, references: [], data: { summary, next: follows.next } };
};
