import type { post as Post } from '@openfn/language-http';
import { alertUrlOf } from '../errors/alert-url.ts';
import { ALERT } from '../errors/judge.ts';
import { persist } from '../errors/persist.ts';
import { RETRY } from '../policy.ts';
import type { State } from '../state.ts';
import { type Standing, toStandingReport } from './standing.ts';

/**
 * Posts how far this quarter's census is, and repeats that if it helps.
 *
 * @throws {SyncError} CREDENTIAL_INVALID, ALERT_REFUSED
 * @example <caption>With the official adaptor's operation</caption>
 * postStanding(post)
 */
export const postStanding =
  (post: typeof Post) =>
  async (state: State): Promise<State> => {
    const alertUrl = alertUrlOf(state);
    const { standing } = state.data as { standing: Standing };
    const report = toStandingReport(standing);
    const lean = { configuration: {}, data: null, references: [] };
    const deadline = Date.now() + RETRY.deadline * 1000;
    await persist(() => post(alertUrl, report)(lean), ALERT, deadline);
    console.log(report.text);
    return state;
  };
