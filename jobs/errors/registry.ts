/**
 * Every error that the jobs raise, once: its code, and what to do about it. docs/errors.md has the same list.
 * The text of an error starts with its code, because OpenFn's runtime keeps nothing else of it. Each is a constant of its
 * own, so that a job's bundle holds only those that it raises.
 */
export type Kind = `${string}: ${string}`;

export const MESSAGE_INVALID =
  'MESSAGE_INVALID: Correct the named field of the message and send it again.';
export const MESSAGE_REFUSED =
  'MESSAGE_REFUSED: Send the message as it was first posted, or start a new sync.';
export const INPUT_INVALID =
  'INPUT_INVALID: Correct the named field of the input of initiate-sync and start it again.';
export const CREDENTIAL_INVALID =
  'CREDENTIAL_INVALID: Add the named key to the credential and run again.';
export const PRIMERO_UNREACHABLE =
  'PRIMERO_UNREACHABLE: Check the URL in the credential "primero" and that the server is up, then run this batch again.';
export const PRIMERO_UNAVAILABLE =
  'PRIMERO_UNAVAILABLE: Primero is busy or under maintenance: run this batch again later.';
export const PRIMERO_SIGN_IN =
  'PRIMERO_SIGN_IN: Check user and password in the credential "primero".';
export const PRIMERO_FORBIDDEN =
  'PRIMERO_FORBIDDEN: Let the role of the user in the credential "primero" view cases and search them.';
export const PRIMERO_REFUSED =
  'PRIMERO_REFUSED: Check the URL in the credential "primero" and the version of Primero.';
export const PRIMERO_BAD_ANSWER =
  'PRIMERO_BAD_ANSWER: Something between here and Primero answers in its place, or Primero is failing: run this batch again later.';
export const PRIMERO_FILTER_DROPPED =
  'PRIMERO_FILTER_DROPPED: Let the role of the user in the credential "primero" view the named field: filters on hidden ones are dropped.';
export const PRIMERO_ORDER_IGNORED =
  'PRIMERO_ORDER_IGNORED: Check that Primero can sort by created_at: without that order children would be lost.';
export const PRIMERO_FIELD_HIDDEN =
  'PRIMERO_FIELD_HIDDEN: Nothing was written. Let the role of the user in the credential "primero" view this field, then run it again.';
export const PRIMERO_UNSETTLED =
  'PRIMERO_UNSETTLED: Its answers to one question keep changing: run this batch again later.';
export const PRIMERO_CROWDED =
  'PRIMERO_CROWDED: So many cases of one second do not fit into a batch: raise "batchBytes" in the credential "primero" if you can.';
export const PRIMERO_REINDEXING =
  'PRIMERO_REINDEXING: Nobody was removed. Primero seems to rebuild its search index: start a new sync when it is done.';
export const PRIMERO_NARROWED =
  'PRIMERO_NARROWED: Nothing was written. Let the role of the user in the credential "primero" view all cases, then run this batch again.';
export const PRIMERO_IS_ANOTHER =
  'PRIMERO_IS_ANOTHER: Nothing was written. Check the URL of the credential "primero". If it is right, use --accept-removals.';
export const REMOVALS_REFUSED =
  'REMOVALS_REFUSED: Nobody was removed. Check that it is the right Primero and its user sees all cases; then use --accept-removals.';
export const SERVICES_REFUSED =
  'SERVICES_REFUSED: Nothing of this batch was written. Check that the user sees services that others entered; then use --accept-removals.';
export const BATCH_MISSING =
  'BATCH_MISSING: Start at get-cases with a message: this step takes what get-cases hands on.';
export const TOO_MANY_REJECTS =
  'TOO_MANY_REJECTS: Nobody was removed. See the reasons (table sync_rejects), correct the mapping or the records, then start a new sync.';
export const SYNC_INCOMPLETE = 'SYNC_INCOMPLETE: Start a new sync: it looks at every child again.';
export const ONA_UNREACHABLE =
  'ONA_UNREACHABLE: Check host, port and network in the credential "ona", then run this batch again.';
export const ONA_SIGN_IN =
  'ONA_SIGN_IN: Check user, password and database in the credential "ona".';
export const ONA_TABLE_MISSING =
  'ONA_TABLE_MISSING: Apply the migrations in db/migrations, then run this batch again.';
export const ONA_FORBIDDEN =
  'ONA_FORBIDDEN: Grant the user in the credential "ona" what docs/deploy.md lists.';
export const ONA_BUSY =
  'ONA_BUSY: Another transaction was in the way and nothing was written: run this batch again.';
export const ONA_FAILED =
  'ONA_FAILED: Nothing was written. Correct what the code of PostgreSQL names, then run this batch again.';
export const INBOX_REFUSED = 'INBOX_REFUSED: Check inboxUrl and apiKey in the credential "inbox".';
export const INBOX_UNREACHABLE =
  'INBOX_UNREACHABLE: Check inboxUrl in the credential "inbox" and that it is up, then run this batch again.';
export const ALERT_REFUSED =
  'ALERT_REFUSED: Check alertUrl in the credential "alert" and that it is up, then run this workflow again.';
