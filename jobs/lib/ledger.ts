import { SyncError } from './errors.ts';
import { COUNTED, type Counted, INDICATORS, type Indicator } from './indicators.ts';
import type { Message, Request } from './message.ts';
import { PROOF_ATTEMPTS, SAFETY_LAG_SECONDS, START_OF_RECORDS } from './settings.ts';
import { addSeconds, toSecond } from './time.ts';
import type { Batch, ProofSides } from './types.ts';

/** A range that no batch has covered; `to` is exclusive. Times as the database's driver gives them. */
export interface Gap {
  indicator: Indicator;
  from: string | Date;
  to: string | Date;
}

/** What must be covered for a message's sync to end. `ownSyncId` is set where only its own batches count. */
export const scopeOf = ({ mode, window, syncId }: Message) => ({
  from: mode === 'sync' ? START_OF_RECORDS : window.from,
  to: addSeconds(window.to, 1),
  ownSyncId: mode === 'backfill' ? syncId : null,
});

const second = (time: string | Date) => toSecond(new Date(time).getTime());

/** The requests that gaps ask for, in the order of the indicators. */
export const toRequests = (gaps: readonly Gap[]): Request[] =>
  gaps
    .map(({ indicator, from, to }) => ({
      indicator,
      from: second(from),
      to: addSeconds(new Date(to).getTime(), -1),
    }))
    .sort((a, b) => INDICATORS.indexOf(a.indicator) - INDICATORS.indexOf(b.indicator));

/** What comes after a batch. */
export interface Decision {
  next: Message | null;
  complete: boolean;
  /** Why the chain ends here, if it does. */
  ended: string | null;
}

/**
 * What comes after a batch, now that it is in the ledger: the first gap of each indicator; when there is none
 * the proof of completeness; when that holds, the end.
 *
 * @param superseded whether a later batch of this sync is in the ledger
 * @param sides both sides of the proof, where this batch brought it
 * @throws {SyncError} NO_PROGRESS where a range that was just covered is still a gap
 */
export const decide = (
  batch: Batch,
  gaps: readonly Gap[],
  superseded: boolean,
  sides: Record<Counted, ProofSides> | null,
): Decision => {
  const { message, results, proof, fetchedAt } = batch;
  const { attempt = 1, ...rest } = message;
  const requests = toRequests(gaps);
  const follow = (changes: Partial<Message>): Decision => ({
    next: { ...rest, batch: message.batch + 1, requests, ...changes },
    complete: false,
    ended: null,
  });
  const finish = (complete: boolean, ended: string): Decision => ({ next: null, complete, ended });

  if (superseded) return finish(false, 'a later batch of this sync is done already');
  for (const { indicator, from } of requests) {
    const result = results.find((each) => each.indicator === indicator);
    if (result && from >= result.from && from < result.coveredTo) {
      throw new SyncError('NO_PROGRESS', `The ledger does not show ${indicator} from ${from}.`);
    }
  }
  if (requests.length > 0) return follow({});
  if (message.mode !== 'sync') return finish(true, 'the window was walked to its end');
  if (proof && proof.changed === null) {
    // Too much has changed since the window's end to be set aside one by one: let the window end later.
    const to = addSeconds(fetchedAt, -SAFETY_LAG_SECONDS);
    const from = addSeconds(message.window.to, 1);
    if (from > to) return follow({});
    return follow({
      window: { ...message.window, to },
      requests: INDICATORS.map((indicator) => ({ indicator, from, to })),
    });
  }
  if (!sides) return follow({});
  if (isProven(sides)) return finish(true, 'ONA holds all that Primero has');
  if (attempt < PROOF_ATTEMPTS) return follow({ attempt: attempt + 1 });
  return finish(false, 'ONA and Primero hold different numbers of cases');
};

/** Whether both sides of the proof are equal for both indicators. */
export const isProven = (sides: Record<Counted, ProofSides>): boolean =>
  COUNTED.every((indicator) => sides[indicator].expected === sides[indicator].held);
