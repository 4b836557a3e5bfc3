/**
 * Every error that the jobs raise: its code, and what to do about it.
 * The text of an error starts with its code, because OpenFn's runtime keeps nothing else of it.
 */
export const ERRORS = {
  MESSAGE_INVALID: 'Correct the named field of the message and send it again.',
  INPUT_INVALID: 'Correct the named field of the input of initiate-sync and start it again.',
  CREDENTIAL_INVALID: 'Add the named key to the credential and run again.',
  PRIMERO_UNREACHABLE:
    'Check the URL in the credential "primero" and that the server is up, then run this batch again.',
  PRIMERO_UNAVAILABLE: 'Primero is busy or under maintenance: run this batch again later.',
  PRIMERO_SIGN_IN: 'Check user and password in the credential "primero".',
  PRIMERO_FORBIDDEN:
    'Let the role of the user in the credential "primero" view cases and search them.',
  PRIMERO_REFUSED: 'Check the URL in the credential "primero" and the version of Primero.',
  PRIMERO_BAD_ANSWER:
    'Something between here and Primero answers in its place, or Primero is failing: run this batch again later.',
  PRIMERO_FILTER_DROPPED:
    'Let the role of the user in the credential "primero" view the named field: Primero drops a filter on a field that the user may not see.',
  PRIMERO_ORDER_IGNORED:
    'Check that Primero can sort by last_updated_at: without that order records would be lost.',
  PRIMERO_UNSETTLED: 'The records of this second keep changing: run this batch again later.',
  PRIMERO_EMPTY:
    'There must be some: its search is failing, or the user in the credential "primero" may not see cases. Mend that, then run this batch again.',
  BATCH_OUTDATED: 'Run this batch again from get-cases, with its message.',
  BATCH_MISSING: 'Start at get-cases with a message: this step takes what get-cases hands on.',
  TOO_MANY_REJECTS:
    'Nothing was written. See the reasons, mend the mapping or the records, and run this batch again.',
  NO_PROGRESS: 'This is a fault of the sync: report it with this message.',
  ONA_UNREACHABLE:
    'Check host, port and network in the credential "ona", then run this batch again.',
  ONA_SIGN_IN: 'Check user, password and database in the credential "ona".',
  ONA_TABLE_MISSING: 'Apply the migrations in db/migrations, then run this batch again.',
  ONA_FORBIDDEN: 'Grant the user in the credential "ona" what docs/deploy.md lists.',
  ONA_BUSY: 'Another transaction was in the way and nothing was written: run this batch again.',
  ONA_FAILED:
    'Nothing was written. Mend what the code of PostgreSQL names, then run this batch again.',
  INCOMPLETE:
    'ONA and Primero still hold different numbers of cases after all was read again: see docs/runbook.md.',
  SURPLUS_REFUSED:
    'ONA holds many cases that Primero does not show. Check first whether the user in the credential "primero" may see fewer cases than before; none of them was taken out.',
  INBOX_REFUSED: 'Check inboxUrl and apiKey in the credential "inbox".',
  INBOX_UNREACHABLE:
    'Check inboxUrl in the credential "inbox" and that it is up, then run this batch again.',
} as const;

export type ErrorCode = keyof typeof ERRORS;

/** An error of the sync. `message` reads `CODE: what failed. What to do next.` */
export class SyncError extends Error {
  declare readonly code: ErrorCode;
  declare readonly what: string;
  constructor(code: ErrorCode, what: string) {
    super(`${code}: ${what} ${ERRORS[code]}`);
    this.name = 'SyncError';
    this.code = code;
    this.what = what;
  }
}
