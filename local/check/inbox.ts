import type { InboxCredential } from '../credentials/schema.ts';
import { about, type Line } from './line.ts';

const line = about('inbox');

const ask = async (url: string, headers: Record<string, string>, signal: AbortSignal) =>
  (await fetch(url, { headers, redirect: 'manual', signal })).status;

/**
 * Sees whether the inbox is there and takes the key, by GET: that starts no run. The platform answers 200 to a
 * right key, 404 to a wrong one, and 401 to none where it demands one.
 */
export const checkInbox = async (
  { inboxUrl, apiKey }: InboxCredential,
  signal: AbortSignal,
): Promise<Line[]> => {
  const [withKey, without] = await Promise.all([
    ask(inboxUrl, { 'x-api-key': apiKey }, signal),
    ask(inboxUrl, {}, signal),
  ]);
  if (withKey === 401 || withKey === 403 || withKey === 404)
    return [
      line.problem(
        `it does not know the address or the key (status ${withKey})`,
        'Correct inbox.inboxUrl and inbox.apiKey; on the platform, see the webhook and its authentication.',
      ),
    ];
  if (withKey !== 200)
    return [line.warning(`it answers with status ${withKey}`, 'Look whether it is up.')];
  if (without === 200)
    return [
      line.problem(
        'it takes messages without a key: whoever knows the address can start batches',
        'On the platform, add authentication by API key to the webhook.',
      ),
    ];
  return [line.ok('it is there, and takes the key')];
};
