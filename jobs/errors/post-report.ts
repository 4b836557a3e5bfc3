import type { post as Post } from '@openfn/language-http';
import type { State } from '../state.ts';
import { alertUrlOf } from './alert-url.ts';
import { toFailureReport } from './failure-report.ts';

const TIMEOUT_MS = 20_000;

/**
 * Posts a report of the failure, once. If it cannot be posted, that is only logged:
 * the run has already failed for a more important reason.
 *
 * @throws {SyncError} CREDENTIAL_INVALID
 * @example <caption>With the official adaptor's operation</caption>
 * postReport(post)
 */
export const postReport =
  (post: typeof Post) =>
  async (state: State): Promise<State> => {
    const alertUrl = alertUrlOf(state);
    const lean = { configuration: {}, data: null, references: [] };
    try {
      await post(alertUrl, toFailureReport(state), { timeout: TIMEOUT_MS })(lean);
    } catch (_secret) {
      // The error holds the URL, which is a secret in many chat programs.
      console.warn('The report of the failure could not be posted: check alertUrl.');
    }
    return state;
  };

/**
 * Fails again, with the text of the report, because a run whose last step succeeds counts as a success.
 * @throws {Error} always
 */
export const failAgain = (state: State): never => {
  throw new Error(toFailureReport(state).text);
};
