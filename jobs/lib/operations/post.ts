import type { post as Post } from '@openfn/language-http';
import { SyncError } from '../errors.ts';
import type { Message } from '../message.ts';
import { INBOX } from '../retry.ts';
import { RETRY } from '../settings.ts';
import { firstMessage } from '../start.ts';
import { persist } from './persist.ts';
import type { Outcome, State } from './state.ts';

/**
 * Posts a message to the inbox, again where that helps: one that arrives twice does no harm.
 *
 * @param select the message in state; null posts nothing
 * @throws {SyncError} CREDENTIAL_INVALID, INBOX_REFUSED, INBOX_UNREACHABLE
 * @example <caption>With the official adaptor's operation</caption>
 * postMessage(post, (state) => state.data.next)
 */
export const postMessage =
  <S extends State>(post: typeof Post, select: (state: S) => Message | null) =>
  async (state: S): Promise<S> => {
    const message = select(state);
    if (!message) return state;
    const { inboxUrl, apiKey } = state.configuration;
    for (const [key, value] of Object.entries({ inboxUrl, apiKey })) {
      if (typeof value !== 'string' || value === '') {
        throw new SyncError('CREDENTIAL_INVALID', `The credential "inbox" has no "${key}".`);
      }
    }
    const headers = { 'x-api-key': apiKey };
    const lean = { configuration: {}, data: null, references: [] };
    const deadline = Date.now() + RETRY.deadlineSeconds * 1000;
    await persist(() => post(inboxUrl as string, message, { headers })(lean), INBOX, deadline);
    console.log(`Posted batch ${message.batch} of sync ${message.syncId}`);
    return state;
  };

/** The first message of a sync; its window's end is the cursor that the next run starts from. */
export const startSync = (state: State): State => {
  const next = firstMessage(state.data, Date.now(), Math.random);
  return { ...state, references: [], data: { cursor: next.window.to, next } };
};

/** The message in `state.data.next`. */
export const nextMessage = (state: State): Message | null => (state.data as Outcome).next;

/** Hands on the data and nothing else. */
export const handOnData = ({ configuration, data }: State): State => ({
  configuration,
  references: [],
  data,
});
