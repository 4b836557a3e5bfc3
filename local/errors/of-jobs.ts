import * as errors from '../../jobs/errors/registry.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { Group, Known } from './known.ts';

/** What to do stands beside the code in the jobs: their bundles say it, too. */
const ofJobs = (kind: errors.Kind, group: Group, meaning: string, exit: ExitCode): Known => ({
  ...{ group, meaning, exit },
  todo: kind.slice(kind.indexOf(': ') + 2),
});

/** Errors that the jobs raise; the command raises some of them, too. */
export const OF_JOBS = {
  PRIMERO_UNREACHABLE: ofJobs(
    errors.PRIMERO_UNREACHABLE,
    'again',
    'No connection to Primero came about, or it broke.',
    EXIT.failed,
  ),
  PRIMERO_UNAVAILABLE: ofJobs(
    errors.PRIMERO_UNAVAILABLE,
    'again',
    'Primero answered 408, 425, 429, 500, 502, 503 or 504, or not within a minute; or reading took longer than a run may.',
    EXIT.failed,
  ),
  PRIMERO_BAD_ANSWER: ofJobs(
    errors.PRIMERO_BAD_ANSWER,
    'again',
    'What came was no whole answer of Primero: HTML, JSON that is cut off, a 404 in its place, a search that finds nothing where it has no filter.',
    EXIT.failed,
  ),
  INBOX_UNREACHABLE: ofJobs(
    errors.INBOX_UNREACHABLE,
    'again',
    'The inbox did not take the next message: no connection, no answer, or a passing status.',
    EXIT.failed,
  ),
  ONA_UNREACHABLE: ofJobs(
    errors.ONA_UNREACHABLE,
    'over',
    'The connection to the ONA database failed or broke, or it takes no more of them (53300).',
    EXIT.failed,
  ),
  ONA_BUSY: ofJobs(
    errors.ONA_BUSY,
    'over',
    'A lock, a deadlock or a time limit ended the transaction.',
    EXIT.failed,
  ),
  PRIMERO_UNSETTLED: ofJobs(
    errors.PRIMERO_UNSETTLED,
    'over',
    'No two readings of a page agreed, or so many cases of one second kept changing that they could not be read whole.',
    EXIT.failed,
  ),
  MESSAGE_INVALID: ofJobs(
    errors.MESSAGE_INVALID,
    'fatal',
    'A message is not what the sync takes; the text names the first wrong field.',
    EXIT.usage,
  ),
  MESSAGE_REFUSED: ofJobs(
    errors.MESSAGE_REFUSED,
    'fatal',
    'A message is of a sync that ONA does not know, or says otherwise than its sync began with.',
    EXIT.usage,
  ),
  INPUT_INVALID: ofJobs(
    errors.INPUT_INVALID,
    'fatal',
    'initiate-sync was started with an input that it does not take.',
    EXIT.usage,
  ),
  CREDENTIAL_INVALID: ofJobs(
    errors.CREDENTIAL_INVALID,
    'fatal',
    'A credential lacks a key, which the text names.',
    EXIT.usage,
  ),
  PRIMERO_SIGN_IN: ofJobs(
    errors.PRIMERO_SIGN_IN,
    'fatal',
    'Primero refused user or password (401).',
    EXIT.usage,
  ),
  PRIMERO_FORBIDDEN: ofJobs(
    errors.PRIMERO_FORBIDDEN,
    'fatal',
    'The user may not list cases (403).',
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
    'Records came that the question leaves out. Loaded, they would be wrong numbers.',
    EXIT.failed,
  ),
  PRIMERO_ORDER_IGNORED: ofJobs(
    errors.PRIMERO_ORDER_IGNORED,
    'fatal',
    'Records did not come in the order of their creation.',
    EXIT.failed,
  ),
  PRIMERO_FIELD_HIDDEN: ofJobs(
    errors.PRIMERO_FIELD_HIDDEN,
    'fatal',
    'The role of the user does not see a mapped field: it would look blank in every record.',
    EXIT.failed,
  ),
  PRIMERO_CROWDED: ofJobs(
    errors.PRIMERO_CROWDED,
    'fatal',
    'More cases were created within one second than a batch can hold; the text names the second and how many.',
    EXIT.failed,
  ),
  PRIMERO_REINDEXING: ofJobs(
    errors.PRIMERO_REINDEXING,
    'fatal',
    'The search lacks more than 20 children that the database has, or a total has grown by more than 10 and 1 % while it was read.',
    EXIT.failed,
  ),
  PRIMERO_NARROWED: ofJobs(
    errors.PRIMERO_NARROWED,
    'fatal',
    'More than 20 children that ONA holds may not be seen by the user.',
    EXIT.failed,
  ),
  PRIMERO_IS_ANOTHER: ofJobs(
    errors.PRIMERO_IS_ANOTHER,
    'fatal',
    'Primero knows fewer than nine in ten of the children that ONA holds, or counts none at all.',
    EXIT.failed,
  ),
  REMOVALS_REFUSED: ofJobs(
    errors.REMOVALS_REFUSED,
    'fatal',
    'More than 10 children, and more than 5 % of ONA, would be removed.',
    EXIT.failed,
  ),
  SERVICES_REFUSED: ofJobs(
    errors.SERVICES_REFUSED,
    'fatal',
    'More than 10 services, and more than 5 % of a batch, would go from children who stay.',
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
    'More than half of a batch of 100 or more could not be loaded; or more than 10 records, and 5 %, of a whole sync.',
    EXIT.failed,
  ),
  SYNC_INCOMPLETE: ofJobs(
    errors.SYNC_INCOMPLETE,
    'fatal',
    'The chain ended, and a window of creation time is missing.',
    EXIT.failed,
  ),
  ONA_SIGN_IN: ofJobs(
    errors.ONA_SIGN_IN,
    'fatal',
    'ONA refused user, password or database.',
    EXIT.usage,
  ),
  ONA_TABLE_MISSING: ofJobs(
    errors.ONA_TABLE_MISSING,
    'fatal',
    'A table or column of the sync is not there.',
    EXIT.usage,
  ),
  ONA_FORBIDDEN: ofJobs(
    errors.ONA_FORBIDDEN,
    'fatal',
    'The user lacks a privilege in ONA (42501), or may only read there (25006): `check` says which, and what to run.',
    EXIT.failed,
  ),
  ONA_FAILED: ofJobs(
    errors.ONA_FAILED,
    'fatal',
    'PostgreSQL refused a statement for another reason, such as a column of another type (42883, which `check` names) or a full disk (53100); its code, table and constraint are named, no value.',
    EXIT.failed,
  ),
  INBOX_REFUSED: ofJobs(
    errors.INBOX_REFUSED,
    'fatal',
    'The inbox refused the message, or the key.',
    EXIT.usage,
  ),
  ALERT_REFUSED: ofJobs(
    errors.ALERT_REFUSED,
    'fatal',
    'The webhook of the workflow *watch* did not take its post, also when asked again.',
    EXIT.failed,
  ),
} as const satisfies Record<keyof typeof errors, Known>;
