import type { InboxCredential } from '../credentials/schema.ts';
import { OUR_GREETING } from '../inbox/index.ts';
import { about, type Line } from './line.ts';

const line = about('inbox');

type Said = { status: number; message: unknown };

const ask = async (url: string, init: RequestInit): Promise<Said> => {
  const response = await fetch(url, { ...init, redirect: 'manual' });
  const body = await response.json().catch(() => null);
  return { status: response.status, message: Object(body).message };
};

/** A body that no inbox accepts as a message. */
const NO_MESSAGE = JSON.stringify({ type: 'check' });

const REFUSED = 400;

/** Our own inbox says what it does with a message, so it can be sent one that it must refuse. */
const postedLine = ({ status }: Said): Line =>
  status === REFUSED
    ? line.ok('it is running, accepts the key, and refuses what is not a message')
    : line.problem(
        `it answers with status ${status} to what is not a message`,
        'Restart it. If it happens again, look at its log.',
      );

/**
 * Finds out with a GET whether the inbox is there and accepts the key. That starts no run. The platform answers 200 to a
 * right key, 404 to a wrong one, and 401 to no key if it requires one.
 */
export const checkInbox = async (
  { inboxUrl, apiKey }: InboxCredential,
  signal: AbortSignal,
): Promise<Line[]> => {
  const headers = { 'x-api-key': apiKey };
  const [withKey, without] = await Promise.all([
    ask(inboxUrl, { headers, signal }),
    ask(inboxUrl, { signal }),
  ]);
  const { status } = withKey;
  if (status === 401 || status === 403 || status === 404)
    return [
      line.problem(
        `it does not know the address or the key (status ${status})`,
        'Correct inbox.inboxUrl and inbox.apiKey. On the platform, look at the webhook and its authentication.',
      ),
    ];
  if (status !== 200)
    return [line.warning(`it answers with status ${status}`, 'Check whether it is running.')];
  if (without.status === 200)
    return [
      line.problem(
        'it accepts messages without a key, so whoever knows the address can start batches',
        'On the platform, add authentication by API key to the webhook.',
      ),
    ];
  if (withKey.message !== OUR_GREETING) return [line.ok('it is running, and accepts the key')];
  return [postedLine(await ask(inboxUrl, { method: 'POST', headers, body: NO_MESSAGE, signal }))];
};
