import { RETRY } from '../../jobs/policy.ts';
import type { Credentials, InboxCredential, PrimeroCredential } from '../credentials/schema.ts';
import { checkOna } from '../ona/check-tables.ts';
import { askAgain } from '../primero-client/ask-again.ts';
import { askPrimero } from '../primero-client/ask-primero.ts';
import { UserError } from '../user-error.ts';

/** As long as a job waits: a large Primero of an older version takes 15 s for any question. */
const TIMEOUT_MS = RETRY.timeout * 1000;
const ATTEMPTS = 3;

type Say = (text: string) => void;

/** Why a request got no answer, as Node names it: ECONNREFUSED, ENOTFOUND, a certificate's fault. */
const causeOf = (error: unknown): string => {
  const { name, cause } = error as { name: string; cause?: { code?: string; message?: string } };
  return name === 'TimeoutError'
    ? `no answer in ${TIMEOUT_MS / 1000} s`
    : (cause?.code ?? cause?.message ?? name);
};

/** Asks Primero for the id of one case, to see that it is there and lets this user in. */
const checkPrimero = async (primero: PrimeroCredential, say?: Say): Promise<void> => {
  const ask = askPrimero(primero, () => AbortSignal.timeout(TIMEOUT_MS));
  const persistent = askAgain(ask, primero, { attempts: ATTEMPTS, say });
  await persistent('cases', { per: 1, page: 1, fields: 'id' });
};

/**
 * Sees whether the inbox is there and takes the key, by HEAD: that starts no run. The platform answers
 * 404 to a wrong key.
 */
const checkInbox = async ({ inboxUrl, apiKey }: InboxCredential): Promise<void> => {
  const url = new URL(inboxUrl);
  const response = await fetch(url, {
    method: 'HEAD',
    headers: { 'x-api-key': apiKey },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error) => {
    throw new UserError(
      'INBOX_UNREACHABLE',
      `the inbox at ${url.origin} does not answer (${causeOf(error)})`,
      `check inbox.inboxUrl in the credentials file, and the network`,
    );
  });
  if (![401, 403, 404].includes(response.status)) return;
  throw new UserError(
    'INBOX_REFUSED',
    `the inbox at ${url.origin} refuses the key, or is not there (status ${response.status})`,
    `correct inbox.inboxUrl and inbox.apiKey in the credentials file`,
  );
};

/**
 * Sees whether ONA, Primero and the inbox, where there is one, are there and let us in: until then nothing is written.
 * @param file path of the credentials file, for messages
 * @param say told why Primero is asked again, and when
 */
export const checkServers = async (
  { ona, primero, inbox }: Credentials,
  file?: string,
  say?: Say,
) => {
  await checkOna(ona, file);
  await checkPrimero(primero, say);
  if (inbox) await checkInbox(inbox);
};
