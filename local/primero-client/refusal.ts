import { PASSING_STATUSES } from '../../jobs/errors/judge.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';
import { UserError } from '../user-error.ts';
import type { Answer } from './ask-primero.ts';

/** Whether the same question may get another answer later. A page that is not a list may come from a proxy. */
export const mayPass = ({ status, records }: Answer): boolean =>
  PASSING_STATUSES.has(status) || (status === 200 && records === null);

/**
 * What an answer refuses, and what to do; null where it is the list that was asked for.
 * @param what such as `cases`
 */
export const refusalOf = (
  answer: Answer,
  { url }: Pick<PrimeroCredential, 'url'>,
  what: string,
): UserError | null => {
  const { status, records, waitMs } = answer;
  const { origin } = new URL(url);
  if (status === 401)
    return new UserError(
      'PRIMERO_SIGN_IN',
      `Primero at ${origin} refuses user or password (401)`,
      `correct primero.user and primero.password in the credentials file`,
    );
  if (status === 403)
    return new UserError(
      'PRIMERO_FORBIDDEN',
      `Primero at ${origin} does not let this user read ${what} (403)`,
      `let the user's role view and search them`,
    );
  if (PASSING_STATUSES.has(status))
    return new UserError(
      'PRIMERO_UNAVAILABLE',
      `Primero at ${origin} is busy or under maintenance (${status})`,
      waitMs === null ? 'run again later' : `run again in ${Math.ceil(waitMs / 1000)} s`,
    );
  if (status !== 200)
    return new UserError(
      'PRIMERO_REFUSED',
      `Primero at ${origin} answers with status ${status} when asked for ${what}`,
      `check primero.url in the credentials file`,
    );
  if (records !== null) return null;
  return new UserError(
    'PRIMERO_BAD_ANSWER',
    `what answers at ${origin} when asked for ${what} is not Primero`,
    `check primero.url in the credentials file`,
  );
};
