import { type Audit, type Audited, type AuditVerdict, split } from './audit.ts';
import { SyncError } from './errors.ts';
import { type Counted, INDICATORS, type Indicator } from './indicators.ts';
import type { Message, Request } from './message.ts';
import { SAFETY_LAG_SECONDS, START_OF_RECORDS } from './settings.ts';
import { addSeconds, toSecond } from './time.ts';
import type { Batch, ProofSides } from './types.ts';

/** A range that no batch has covered; `to` is exclusive. Times as the database's driver gives them. */
export interface Gap {
  indicator: Indicator;
  from: string | Date;
  to: string | Date;
  /** Whether the range was reopened because the numbers differed in it. */
  reconcile: boolean;
}

/** Times that divide what ONA holds in a range into even parts. */
export interface Cuts {
  range: Audit;
  cuts: (string | Date)[];
}

/**
 * What must be covered for a message's sync to end, as SELECT_GAPS takes it: start and end (exclusive), and the sync id
 * where only its own batches count, else null.
 */
export const scopeOf = ({ mode, window, syncId }: Message) => [
  mode === 'sync' ? START_OF_RECORDS : window.from,
  addSeconds(window.to, 1),
  mode === 'backfill' ? syncId : null,
];

const second = (time: string | Date) => toSecond(new Date(time).getTime());

/** The requests that gaps ask for, in the order of the indicators. */
export const toRequests = (gaps: readonly Gap[]): Request[] =>
  gaps
    .map(({ indicator, from, to, reconcile }) => ({
      indicator,
      from: second(from),
      to: addSeconds(new Date(to).getTime(), -1),
      ...(reconcile && { reconcile: true as const }),
    }))
    .sort((a, b) => INDICATORS.indexOf(a.indicator) - INDICATORS.indexOf(b.indicator));

/** What is known after a batch, before it is committed. */
export interface Findings {
  gaps: readonly Gap[];
  /** Whether a later batch of this sync is in the ledger. */
  superseded: boolean;
  /** What the counts mean, where the batch brought them and nothing else was missing. */
  verdict: AuditVerdict | null;
  /** For each range that a difference is searched in. */
  cuts: readonly Cuts[];
}

/** What comes after a batch. */
export interface Decision {
  next: Message | null;
  complete: boolean;
  /** Why the chain ends here, if it does. */
  ended: string | null;
}

/**
 * What comes after a batch, now that it is in the ledger: where a difference is searched, the parts to count;
 * else the first gap of each indicator; when there is none the proof of completeness; when that holds, the end.
 *
 * @throws {SyncError} NO_PROGRESS where a range that was just covered is still a gap
 */
export const decide = (batch: Batch, { gaps, superseded, verdict, cuts }: Findings): Decision => {
  const { message } = batch;
  const { attempt: _, audits, mends = 0 } = message.proof ?? {};
  const follow = (requests: Request[], proof: Message['proof'] = { mends }): Decision => ({
    next: { ...message, batch: message.batch + 1, requests, proof },
    complete: false,
    ended: null,
  });
  const finish = (complete: boolean, ended: string): Decision => ({ next: null, complete, ended });

  if (superseded) return finish(false, 'a later batch of this sync is done already');
  if (cuts.length > 0) {
    return follow([], { mends, audits: cuts.flatMap((each) => split(each.range, each.cuts)) });
  }
  const requests = toRequests(gaps);
  checkProgress(batch, requests);
  if (requests.length > 0) {
    const isMending = audits || verdict?.kind === 'mend';
    return follow(requests, { mends: isMending ? mends + 1 : mends });
  }
  if (message.mode !== 'sync') return finish(true, 'the window was walked to its end');
  if (batch.changed === null) return extendWindow(batch, follow);
  switch (verdict?.kind) {
    case undefined:
      return follow([]);
    case 'proven':
      return finish(true, 'ONA holds all that Primero has');
    case 'recount':
      return follow([], { mends: audits ? mends + 1 : mends, attempt: verdict.attempt });
    default:
      return finish(false, 'ONA and Primero hold different numbers of cases');
  }
};

const checkProgress = ({ results }: Batch, requests: readonly Request[]): void => {
  for (const { indicator, from, reconcile } of requests) {
    const result = results.find((each) => each.indicator === indicator);
    if (result && !reconcile && from >= result.from && from < result.coveredTo) {
      throw new SyncError('NO_PROGRESS', `The ledger does not show ${indicator} from ${from}.`);
    }
  }
};

/** Too much has changed since the window's end to be set aside one by one: let the window end later. */
const extendWindow = (
  { message, fetchedAt }: Batch,
  follow: (requests: Request[]) => Decision,
): Decision => {
  const from = addSeconds(message.window.to, 1);
  const to = addSeconds(fetchedAt, -SAFETY_LAG_SECONDS);
  if (from > to) return follow([]);
  const { next, ...decision } = follow(INDICATORS.map((indicator) => ({ indicator, from, to })));
  return { ...decision, next: next && { ...next, window: { ...message.window, to } } };
};

/** Both sides of a proof, by indicator. */
export const toSides = (audited: readonly Audited[]): Partial<Record<Counted, ProofSides>> =>
  Object.fromEntries(
    audited.map(({ indicator, expected, held }) => [indicator, { expected, held }]),
  );
