import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { afterFirst } from '../message/next.ts';
import { DATABASE, SAMPLE, START_OF_RECORDS } from '../policy.ts';
import BEGIN_SYNC from './begin-sync.sql';
import LOOK_UP_SYNC from './look-up-sync.sql';
import PICK_SAMPLE from './pick-sample.sql';
import type { Statement } from './query.ts';
import SETTINGS from './settings.sql';
import type { WriteState } from './state.ts';
import SUPERSEDE from './supersede.sql';
import { isAnother, isEmpty, judgeBatch, kindOf, type LookedUp } from './verdict.ts';

type Step = Statement<WriteState>;

export const begin: Step = { doing: 'beginning a transaction', text: 'BEGIN' };

export const lock: Step = {
  doing: 'waiting for another batch',
  text: SETTINGS,
  values: () => [DATABASE.lockMs, DATABASE.statementMs, DATABASE.idleMs],
};

/** Decides what must be done with the batch, given what ONA knows of its sync. */
export const lookUpSync: Step = {
  doing: 'looking up the sync',
  text: LOOK_UP_SYNC,
  values: ({ batch: { message } }) => [
    message.syncId,
    message.part,
    message.batch,
    message.unlessCompleteSince ?? null,
  ],
  receive: (state, [found]: LookedUp[]) => {
    const verdict = judgeBatch(state.batch.message, found!);
    return { ...state, verdict, sync: found!.sync, listsBefore: found!.lists };
  },
};

export const supersede: Step = {
  doing: 'ending another sync',
  text: SUPERSEDE,
  values: ({ verdict, batch: { message } }) =>
    message.dryRun || (verdict.kind === 'begin' && verdict.supersedes) ? [message.syncId] : null,
};

/** Notes the sync. A dry run does so in each batch, and rolls it back. If Primero has no children but ONA has some, the sync fails. */
export const beginSync: Step = {
  doing: 'noting the sync',
  text: BEGIN_SYNC,
  values: ({ verdict, batch: { message, totals, cuts } }) => {
    if (verdict.kind !== 'begin' && !message.dryRun) return null;
    const first = Object.entries(totals ?? {}).map(([name, { all }]) => [name, all]);
    return [
      message.syncId,
      kindOf(message),
      message.from,
      message.to,
      message.changedSince ?? null,
      cuts.length + 1,
      message.acceptRemovals ?? 0,
      JSON.stringify(Object.fromEntries(first)),
      message.ask,
    ];
  },
  receive: (state, [row]) => {
    const { totals } = state.batch;
    if (totals && isEmpty(totals) && row.sync.held_before > 0)
      throw new SyncError(
        errors.PRIMERO_IS_ANOTHER,
        'Primero counts no child, and ONA holds some.',
      );
    return { ...state, sync: row.sync };
  },
};

/** Picks a sample of the children that ONA holds, in each part. Primero is asked about them before anything is written. */
export const pickSample: Step = {
  doing: 'picking children to ask for',
  text: PICK_SAMPLE,
  values: ({ verdict, batch: { message, cuts } }) => {
    if (verdict.kind !== 'begin') return null;
    const starts = [message.from ?? START_OF_RECORDS, ...cuts];
    const ends = starts.map((_, index) => starts[index + 1] ?? message.to);
    return [starts, ends, SAMPLE.ids];
  },
  receive: (state, rows: { part: number; primero_id: string }[]) => {
    const { message, cuts } = state.batch;
    const samples = [null, ...cuts].map((_, index) =>
      rows.filter(({ part }) => part === index + 1).map(({ primero_id }) => primero_id),
    );
    return { ...state, follows: afterFirst(message, cuts, samples) };
  },
};

/** Before the first write of a part: is this the Primero that ONA's children came from? */
export const checkPrimero = (state: WriteState): WriteState => {
  const { batch, sync, verdict } = state;
  if (verdict.kind !== 'write' || batch.message.batch !== 2 || !sync) return state;
  if (!isAnother(batch.findings, sync)) return state;
  const unknown = batch.findings.filter(({ finding }) => finding === 'deleted').length;
  const error = new SyncError(
    errors.PRIMERO_IS_ANOTHER,
    `Primero knows ${batch.findings.length - unknown} of ${batch.findings.length} children that ONA holds.`,
  );
  return { ...state, verdict: { kind: 'refuse', error } };
};
