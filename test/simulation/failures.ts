import * as registry from '../../jobs/errors/registry.ts';

/** What must have been played for a run to fail with a code. */
const REASONS: Record<string, readonly string[]> = {
  MESSAGE_INVALID: ['hostile'],
  MESSAGE_REFUSED: ['hostile'],
  PRIMERO_UNREACHABLE: ['faults'],
  PRIMERO_UNAVAILABLE: ['faults'],
  PRIMERO_REFUSED: ['faults'],
  PRIMERO_BAD_ANSWER: ['faults', 'bursts', 'thin', 'narrow', 'fields', 'index', 'filters'],
  PRIMERO_FILTER_DROPPED: ['filters', 'fields', 'delay', 'index'],
  PRIMERO_ORDER_IGNORED: ['filters', 'fields', 'delay', 'index'],
  PRIMERO_FIELD_HIDDEN: ['fields'],
  PRIMERO_UNSETTLED: ['bursts', 'index', 'thin', 'during', 'deletes', 'purge'],
  PRIMERO_CROWDED: ['crowd', 'filters', 'during'],
  PRIMERO_REINDEXING: ['index', 'growth', 'delay', 'narrow', 'fields', 'bursts', 'thin', 'filters'],
  PRIMERO_NARROWED: ['narrow'],
  PRIMERO_IS_ANOTHER: ['purge', 'deletes', 'narrow', 'index', 'bursts', 'thin', 'fields'],
  REMOVALS_REFUSED: ['deletes', 'purge', 'states', 'narrow'],
  SERVICES_REFUSED: ['masks', 'services', 'hand', 'legacy'],
  TOO_MANY_REJECTS: ['values', 'ids'],
  SYNC_INCOMPLETE: ['hostile'],
  // A dry run in the name of a sync that there is.
  ONA_FAILED: ['hostile'],
  ONA_UNREACHABLE: ['cuts'],
  ONA_BUSY: ['cuts'],
  INBOX_UNREACHABLE: ['posts'],
};

/** The code of a job's own error; null where it is no such error. */
export const codeOf = (error: Error): string | null => {
  const [, code] = /^([A-Z_]+): /.exec(error.message) ?? [];
  return code !== undefined && code in registry ? code : null;
};

/** Whether a failure has a reason among what was played. */
export const hasReason = (code: string, played: ReadonlySet<string>): boolean =>
  (REASONS[code] ?? []).some((reason) => played.has(reason));
