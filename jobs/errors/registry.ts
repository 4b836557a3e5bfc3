/**
 * Every error that the jobs raise, once: its code, and what to do about it. docs/errors.md has the same list.
 * The text of an error starts with its code, because OpenFn's runtime keeps only the text. Each error is a separate
 * constant, so that a job's bundle holds only the errors that it raises.
 */
export type Kind = `${string}: ${string}`;

export const MESSAGE_INVALID =
  'MESSAGE_INVALID: Correct this field of the message, and send it again.';
export const MESSAGE_REFUSED =
  'MESSAGE_REFUSED: Send the message as it was first posted, or start a new sync.';
export const INPUT_INVALID =
  'INPUT_INVALID: Correct this field in the input of initiate-sync, and start it again.';
export const CREDENTIAL_INVALID =
  'CREDENTIAL_INVALID: Correct this key in the credential. Then run this again.';
export const PRIMERO_UNREACHABLE =
  'PRIMERO_UNREACHABLE: Check that the URL in the credential "primero" is right and that the server is running. Then run this batch again.';
export const PRIMERO_UNAVAILABLE =
  'PRIMERO_UNAVAILABLE: Primero is busy or under maintenance: run this batch again later.';
export const PRIMERO_SIGN_IN =
  'PRIMERO_SIGN_IN: Check the user and the password in the credential "primero".';
export const PRIMERO_FORBIDDEN =
  'PRIMERO_FORBIDDEN: In Primero, allow the role of the user in the credential "primero" to view and search cases.';
export const PRIMERO_REFUSED =
  'PRIMERO_REFUSED: Check the URL in the credential "primero" and the version of Primero.';
export const PRIMERO_BAD_ANSWER =
  'PRIMERO_BAD_ANSWER: Primero is failing, or something such as a proxy answered instead of it. Run this batch again later.';
export const PRIMERO_FILTER_DROPPED =
  'PRIMERO_FILTER_DROPPED: In Primero, allow the role of the user to view this field. Primero drops filters on hidden fields.';
export const PRIMERO_ORDER_IGNORED =
  'PRIMERO_ORDER_IGNORED: Check that Primero can sort by created_at. Without that order, children would be missed.';
export const PRIMERO_FIELD_HIDDEN =
  'PRIMERO_FIELD_HIDDEN: Nothing was written. In Primero, allow the role of this user to view the field. Then run this batch again.';
export const PRIMERO_UNSETTLED =
  'PRIMERO_UNSETTLED: Primero keeps giving different answers to the same question. Run this batch again later.';
export const PRIMERO_CROWDED =
  'PRIMERO_CROWDED: That is more than fits into one batch. Raise "batchBytes" in the credential "primero" if you can.';
export const PRIMERO_REINDEXING =
  'PRIMERO_REINDEXING: No child was removed. Primero seems to be rebuilding its search index. Start a new sync when it has finished.';
export const PRIMERO_NARROWED =
  'PRIMERO_NARROWED: Nothing was written. In Primero, allow the role of the user to view all cases. Then run this batch again.';
export const PRIMERO_IS_ANOTHER =
  'PRIMERO_IS_ANOTHER: Nothing was written. Check the URL in the credential "primero". If it is right, sync with --accept-removals.';
export const REMOVALS_REFUSED =
  'REMOVALS_REFUSED: No child was removed. Check that it is the right Primero and that its user sees all cases. Then use --accept-removals.';
export const SERVICES_REFUSED =
  'SERVICES_REFUSED: Nothing was written. Check that the user can see services that others entered. Then use --accept-removals.';
export const BATCH_MISSING =
  'BATCH_MISSING: Start at get-cases with a message: this step needs what get-cases passes on.';
export const TOO_MANY_REJECTS =
  'TOO_MANY_REJECTS: No child was removed. Correct the records or the mapping (table sync_rejects has the reasons). Then sync again.';
export const SYNC_INCOMPLETE = 'SYNC_INCOMPLETE: Start a new sync. It looks at every child again.';
export const ONA_UNREACHABLE =
  'ONA_UNREACHABLE: Check the host and port in the credential "ona", and the network. Then run this batch again.';
export const ONA_SIGN_IN =
  'ONA_SIGN_IN: Check the user, password and database in the credential "ona".';
export const ONA_TABLE_MISSING =
  'ONA_TABLE_MISSING: Apply the migrations in db/migrations with the command "migrate". Then run this batch again.';
export const ONA_FORBIDDEN =
  'ONA_FORBIDDEN: Grant the user in the credential "ona" the rights that docs/deploy.md lists.';
export const ONA_BUSY =
  'ONA_BUSY: Another transaction was in the way, so nothing was written. Run this batch again.';
export const ONA_FAILED =
  'ONA_FAILED: Nothing was written. Look up the PostgreSQL code and correct its cause. Then run this batch again.';
export const INBOX_REFUSED =
  'INBOX_REFUSED: Check "inboxUrl" and "apiKey" in the credential "inbox".';
export const INBOX_UNREACHABLE =
  'INBOX_UNREACHABLE: Check that "inboxUrl" in the credential "inbox" is right and that the inbox is running. Then run this batch again.';
export const ALERT_REFUSED =
  'ALERT_REFUSED: Check that "alertUrl" in the credential "alert" is right and that its server is running. Then run this workflow again.';
