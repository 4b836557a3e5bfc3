import { RETRY } from '../policy.ts';
import { backOffMs, isTimeout, judge, type Party } from './judge.ts';
import { SyncError } from './sync-error.ts';
import { withTimeout } from './time-out.ts';

/**
 * Does a request, and repeats it if that helps, within the time that the job has.
 *
 * @param attempt does it once; gets how many earlier attempts had no answer in time
 * @param party who is asked: it gives the error its code
 * @param deadline ms since 1970 after which no further attempt starts
 * @throws {SyncError} with the party's code, and never with the other side's answer
 * @example <caption>One page of cases</caption>
 * persist(() => getCases(query)(state), PRIMERO, state.deadline)
 */
export const persist = async <T>(
  attempt: (timeouts: number) => Promise<T>,
  party: Party,
  deadline: number,
): Promise<T> => {
  let timeouts = 0;
  for (let failures = 1; ; failures += 1) {
    if (Date.now() > deadline)
      throw new SyncError(party.busy, `${party.name} took longer than a run may take.`);
    try {
      return await withTimeout(attempt(timeouts), RETRY.timeout * 1000);
    } catch (error) {
      if (isTimeout(error)) timeouts += 1;
      const verdict = judge(error, party, Date.now());
      const waitMs = Math.max(verdict.waitMs ?? 0, backOffMs(failures, Math.random()));
      const isLast = failures >= RETRY.attempts || Date.now() + waitMs > deadline;
      if (!verdict.mayPass || isLast) throw new SyncError(verdict.code, verdict.what);
      console.warn(`${verdict.what} Asking again in ${Math.ceil(waitMs / 1000)} s.`);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
};
