import type { post as Post } from '@openfn/language-http';
import { INBOX } from '../errors/judge.ts';
import { persist } from '../errors/persist.ts';
import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { RETRY } from '../policy.ts';
import type { State } from '../state.ts';
import { firstMessage } from './first.ts';
import type { Message } from './message.ts';

/** The first message of a sync, to be posted. */
export const startSync = (state: State): State => {
  const message = firstMessage(state.data, Date.now(), Math.random());
  return { ...state, references: [], data: { next: [message] } };
};

/** The messages that a step passes on to be posted. A dry run posts none. */
const messagesOf = ({ data }: State): Message[] =>
  ((Object(data).next ?? []) as Message[]).filter(({ dryRun, batch }) => !dryRun || batch === 1);

/**
 * Posts the next messages to the inbox, and repeats that if it helps: a message that arrives twice does no harm.
 *
 * @throws {SyncError} CREDENTIAL_INVALID, INBOX_REFUSED, INBOX_UNREACHABLE
 * @example <caption>With the official adaptor's operation</caption>
 * postNext(post)
 */
export const postNext =
  (post: typeof Post) =>
  async (state: State): Promise<State> => {
    const { inboxUrl, apiKey } = state.configuration;
    const lean = { configuration: {}, data: null, references: [] };
    const deadline = Date.now() + RETRY.deadline * 1000;
    for (const message of messagesOf(state)) {
      for (const [key, value] of Object.entries({ inboxUrl, apiKey }))
        if (typeof value !== 'string' || value === '')
          throw new SyncError(errors.CREDENTIAL_INVALID, `The credential "inbox" has no "${key}".`);
      const send = post(inboxUrl as string, message, { headers: { 'x-api-key': apiKey } });
      await persist(() => send(lean), INBOX, deadline);
      console.log(`Posted batch ${message.batch} of part ${message.part}, sync ${message.syncId}`);
    }
    return state;
  };

/** Passes on the data and nothing else. */
export const handOnData = ({ configuration, data }: State): State => ({
  configuration,
  references: [],
  data,
});

/** Passes on nothing: what job 0 leaves in the state is the input of the next cron. */
export const handOnNothing = ({ configuration }: State): State => ({
  configuration,
  references: [],
  data: {},
});
