import { EXIT, UserError } from '../cli/user-error.ts';
import type { Credentials, InboxCredential, PrimeroCredential } from '../credentials/schema.ts';
import { checkOna } from '../ona/check-tables.ts';

const TIMEOUT_MS = 20_000;

/** Why a request got no answer, as Node names it: ECONNREFUSED, ENOTFOUND, a certificate's fault. */
const causeOf = (error: unknown): string => {
  const { name, cause } = error as { name: string; cause?: { code?: string; message?: string } };
  return name === 'TimeoutError' ? 'no answer in 20 s' : (cause?.code ?? cause?.message ?? name);
};

const request = async (url: URL, init: RequestInit, onError: (why: string) => UserError) => {
  try {
    return await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (error) {
    throw onError(causeOf(error));
  }
};

const primeroSays = (status: number, origin: string): UserError => {
  if (status === 401)
    return new UserError(
      'PRIMERO_SIGN_IN',
      `Primero at ${origin} refuses user or password: correct primero.user and primero.password in the credentials file`,
      EXIT.usage,
    );
  if (status === 403)
    return new UserError(
      'PRIMERO_FORBIDDEN',
      `Primero at ${origin} does not let this user list cases: let the user's role view and search cases`,
    );
  if (status === 503)
    return new UserError(
      'PRIMERO_UNAVAILABLE',
      `Primero at ${origin} is under maintenance (503): run again later`,
    );
  return new UserError(
    'PRIMERO_REFUSED',
    `Primero at ${origin} answers with status ${status}: check primero.url in the credentials file`,
  );
};

const isCaseList = (body: unknown): boolean => {
  const { data, metadata } = Object(body) as { data?: unknown; metadata?: unknown };
  return Array.isArray(data) && typeof metadata === 'object';
};

/**
 * Asks Primero for the id of one case, to see that it is there and lets this user in.
 * With HTTP Basic, which every Primero takes: signing in by token is limited to 6 a minute.
 */
const checkPrimero = async ({ url, user, password }: PrimeroCredential): Promise<void> => {
  const cases = new URL(`${url}/api/v2/cases?per=1&fields=id`);
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  const headers = { authorization: `Basic ${basic}`, accept: 'application/json' };
  const response = await request(
    cases,
    { headers },
    (why) =>
      new UserError(
        'PRIMERO_UNREACHABLE',
        `Primero at ${cases.origin} does not answer (${why}): check primero.url in the credentials file, and the network`,
      ),
  );
  if (!response.ok) throw primeroSays(response.status, cases.origin);
  if (isCaseList(await response.json().catch(() => null))) return;
  throw new UserError(
    'PRIMERO_REFUSED',
    `what answers at ${cases.origin} is not Primero: check primero.url in the credentials file`,
  );
};

/**
 * Sees whether the inbox is there and takes the key, by HEAD: that starts no run. The platform answers
 * 404 to a wrong key.
 */
const checkInbox = async ({ inboxUrl, apiKey }: InboxCredential): Promise<void> => {
  const url = new URL(inboxUrl);
  const response = await request(
    url,
    { method: 'HEAD', headers: { 'x-api-key': apiKey } },
    (why) =>
      new UserError(
        'INBOX_UNREACHABLE',
        `the inbox at ${url.origin} does not answer (${why}): check inbox.inboxUrl in the credentials file, and the network`,
      ),
  );
  if (![401, 403, 404].includes(response.status)) return;
  throw new UserError(
    'INBOX_REFUSED',
    `the inbox at ${url.origin} refuses the key, or is not there (status ${response.status}): correct inbox.inboxUrl and inbox.apiKey in the credentials file`,
    EXIT.usage,
  );
};

/**
 * Sees whether ONA, Primero and the inbox, where there is one, are there and let us in: until then nothing is written.
 * @param file path of the credentials file, for messages
 */
export const checkServers = async ({ ona, primero, inbox }: Credentials, file?: string) => {
  await checkOna(ona, file);
  await checkPrimero(primero);
  if (inbox) await checkInbox(inbox);
};
