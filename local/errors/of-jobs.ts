import * as errors from '../../jobs/errors/registry.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Group, Known } from './known.ts';

/** What to do is written beside the code in the jobs, because their bundles need it, too. */
const ofJobs = (kind: errors.Kind, group: Group, meaning: string, exit: ExitCode): Known => ({
  ...{ group, meaning, exit },
  todo: kind.slice(kind.indexOf(': ') + 2),
});

/** Errors that the jobs raise; the command raises some of them, too. */
export const OF_JOBS = {
  PRIMERO_UNREACHABLE: ofJobs(
    errors.PRIMERO_UNREACHABLE,
    'again',
    'The connection to Primero could not be made, or it broke.',
    EXIT.failed,
  ),
  PRIMERO_UNAVAILABLE: ofJobs(
    errors.PRIMERO_UNAVAILABLE,
    'again',
    'Primero answered with status 408, 425, 429, 500, 502, 503 or 504, or did not answer within a minute. Or reading took longer than a run may take.',
    EXIT.failed,
  ),
  PRIMERO_BAD_ANSWER: ofJobs(
    errors.PRIMERO_BAD_ANSWER,
    'again',
    'The answer was not a complete answer from Primero. Examples: HTML, JSON that is cut off, an unexpected 404, or no results from a search without any filter.',
    EXIT.failed,
  ),
  INBOX_UNREACHABLE: ofJobs(
    errors.INBOX_UNREACHABLE,
    'again',
    'The inbox did not take the next message: there was no connection, no answer, or a status that may pass.',
    EXIT.failed,
  ),
  ONA_UNREACHABLE: ofJobs(
    errors.ONA_UNREACHABLE,
    'over',
    'The connection to the ONA database failed or broke, or the database accepts no more connections (53300).',
    EXIT.failed,
  ),
  ONA_BUSY: ofJobs(
    errors.ONA_BUSY,
    'over',
    'A lock, a deadlock or a time limit ended the transaction in ONA.',
    EXIT.failed,
  ),
  PRIMERO_UNSETTLED: ofJobs(
    errors.PRIMERO_UNSETTLED,
    'over',
    'No two readings of the same page agreed. Or so many cases of one second kept changing that they could not all be read.',
    EXIT.failed,
  ),
  MESSAGE_INVALID: ofJobs(
    errors.MESSAGE_INVALID,
    'fatal',
    'A message does not have the right form. The text names the first wrong field.',
    EXIT.usage,
  ),
  MESSAGE_REFUSED: ofJobs(
    errors.MESSAGE_REFUSED,
    'fatal',
    'A message belongs to a sync that ONA does not know, or it differs from what that sync began with.',
    EXIT.usage,
  ),
  INPUT_INVALID: ofJobs(
    errors.INPUT_INVALID,
    'fatal',
    'initiate-sync was started with an input that it does not know. The text names the field.',
    EXIT.usage,
  ),
  CREDENTIAL_INVALID: ofJobs(
    errors.CREDENTIAL_INVALID,
    'fatal',
    'A key of a credential is missing or wrong. The text names it.',
    EXIT.usage,
  ),
  PRIMERO_SIGN_IN: ofJobs(
    errors.PRIMERO_SIGN_IN,
    'fatal',
    'Primero refused the user or the password (401).',
    EXIT.usage,
  ),
  PRIMERO_FORBIDDEN: ofJobs(
    errors.PRIMERO_FORBIDDEN,
    'fatal',
    'The user may not list cases in Primero (403).',
    EXIT.failed,
  ),
  PRIMERO_REFUSED: ofJobs(
    errors.PRIMERO_REFUSED,
    'fatal',
    'Primero refused the request with another status.',
    EXIT.failed,
  ),
  PRIMERO_FILTER_DROPPED: ofJobs(
    errors.PRIMERO_FILTER_DROPPED,
    'fatal',
    'Primero ignored a filter and sent records that were not asked for. Loading them would make the numbers wrong.',
    EXIT.failed,
  ),
  PRIMERO_ORDER_IGNORED: ofJobs(
    errors.PRIMERO_ORDER_IGNORED,
    'fatal',
    'Primero did not send the records in the order in which they were created.',
    EXIT.failed,
  ),
  PRIMERO_FIELD_HIDDEN: ofJobs(
    errors.PRIMERO_FIELD_HIDDEN,
    'fatal',
    'The role of the user may not see a mapped field. The field would look blank in every record.',
    EXIT.failed,
  ),
  PRIMERO_CROWDED: ofJobs(
    errors.PRIMERO_CROWDED,
    'fatal',
    'More cases were created within one second than fit into a batch. The text names the second and the number of cases.',
    EXIT.failed,
  ),
  PRIMERO_REINDEXING: ofJobs(
    errors.PRIMERO_REINDEXING,
    'fatal',
    "Primero's search lacks more than 20 children that its database has. Or a total grew during the sync by more than 10 children and by more than 1 %.",
    EXIT.failed,
  ),
  PRIMERO_NARROWED: ofJobs(
    errors.PRIMERO_NARROWED,
    'fatal',
    'The user in Primero may not see more than 20 of the children that ONA holds.',
    EXIT.failed,
  ),
  PRIMERO_IS_ANOTHER: ofJobs(
    errors.PRIMERO_IS_ANOTHER,
    'fatal',
    'Primero knows fewer than nine in ten of the children that ONA holds, or it has no children at all.',
    EXIT.failed,
  ),
  REMOVALS_REFUSED: ofJobs(
    errors.REMOVALS_REFUSED,
    'fatal',
    'More than 10 children, and more than 5 % of those in ONA, would be removed.',
    EXIT.failed,
  ),
  SERVICES_REFUSED: ofJobs(
    errors.SERVICES_REFUSED,
    'fatal',
    'More than 10 services, and more than 5 % of those in a batch, would be removed from children who stay.',
    EXIT.failed,
  ),
  BATCH_MISSING: ofJobs(
    errors.BATCH_MISSING,
    'fatal',
    'upsert-cases was started without a batch.',
    EXIT.failed,
  ),
  TOO_MANY_REJECTS: ofJobs(
    errors.TOO_MANY_REJECTS,
    'fatal',
    'More than half of a batch of 100 records or more could not be loaded. Or, in a whole sync, more than 10 records and more than 5 % could not be loaded.',
    EXIT.failed,
  ),
  SYNC_INCOMPLETE: ofJobs(
    errors.SYNC_INCOMPLETE,
    'fatal',
    'The sync reached its end, but some time of creation was not covered by any window.',
    EXIT.failed,
  ),
  ONA_SIGN_IN: ofJobs(
    errors.ONA_SIGN_IN,
    'fatal',
    'ONA refused the user, the password or the database.',
    EXIT.usage,
  ),
  ONA_TABLE_MISSING: ofJobs(
    errors.ONA_TABLE_MISSING,
    'fatal',
    'ONA lacks a table or column that the sync needs.',
    EXIT.usage,
  ),
  ONA_FORBIDDEN: ofJobs(
    errors.ONA_FORBIDDEN,
    'fatal',
    'The user lacks a right in ONA (42501), or may only read there (25006). `check` says which, and what to run.',
    EXIT.failed,
  ),
  ONA_FAILED: ofJobs(
    errors.ONA_FAILED,
    'fatal',
    'PostgreSQL refused a statement for another reason, such as a column of the wrong type (42883; `check` names the column) or a full disk (53100). The text names the PostgreSQL code, the table and the constraint, but no value.',
    EXIT.failed,
  ),
  INBOX_REFUSED: ofJobs(
    errors.INBOX_REFUSED,
    'fatal',
    'The inbox refused the message or the key.',
    EXIT.usage,
  ),
  ALERT_REFUSED: ofJobs(
    errors.ALERT_REFUSED,
    'fatal',
    'The webhook of the workflow *watch* did not take the report, even after several attempts.',
    EXIT.failed,
  ),
} as const satisfies Record<keyof typeof errors, Known>;
