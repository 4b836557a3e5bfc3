import type { getCases as GetCases } from '@openfn/language-primero';
import { httpFailure } from '../errors/judge.ts';
import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { CASES } from '../mapping/fields.ts';
import { persistently } from './ask.ts';
import type { Query } from './question.ts';
import type { GetState } from './state.ts';
import { toPage } from './trust.ts';

/** Values that no record has, for each kind of field. */
const IMPOSSIBLE: Record<string, string> = { years: '-1', day: '1800-01-01' };

const impossible = (field: string): string => {
  if (field === 'created_at') return '1800-01-01T00:00:00Z..1800-01-01T00:00:00Z';
  return IMPOSSIBLE[CASES.find((mapped) => mapped.field === field)?.kind ?? ''] ?? 'zzz';
};

/** A field that does not exist. Primero drops a filter on it and finds everything. */
const NO_FIELD = 'zzz';

/** What Primero answers to a filter: how many it finds, or its own error, as Solr gives for a field without an index. */
export type Reply = number | 'error';

/** Asks for records with an impossible value in a field. */
export const impossibleQuery = (field: string): Query => {
  return { [field]: impossible(field), per: 1, page: 1, fields: 'id' };
};

/** Whether a field is hidden from this user. An error that comes twice is Solr's: then the field is there. */
export const isHidden = async (reply: (field: string) => Promise<Reply>, field: string) => {
  const first = await reply(field);
  return first === 'error' ? (await reply(field)) !== 'error' : first !== 0;
};

/** An error of Primero itself is JSON with `errors`. One of a proxy is not. */
const isOwnError = (error: unknown): boolean => {
  const failure = httpFailure(error);
  return failure?.status === 500 && String(failure.body).startsWith('{"errors"');
};

/**
 * Asks about the mapped fields that no record of an answer had: is each blank in all of these records, or hidden from this
 * user? It asks at once, because a role may be changed back a moment later. Primero drops filters on hidden fields. So a filter with an impossible value finds nothing if the field is
 * visible, and everything if it is hidden. For fields that Solr does not index, it answers with an error each time.
 *
 * @throws {SyncError} PRIMERO_FIELD_HIDDEN, naming the field and the user, before any value is overwritten with nothing
 * @example <caption>With the official adaptor's operation</caption>
 * askAboutHidden(getCases)
 */
export const askAboutHidden = (getCases: typeof GetCases) => async (state: GetState) => {
  const { keyless } = state.reading;
  if (keyless.size === 0) return state;
  const reply = (field: string): Promise<Reply> =>
    persistently(state, async (lean) => {
      try {
        const { data, metadata } = await getCases(impossibleQuery(field))(lean);
        return toPage(data, metadata).total;
      } catch (error) {
        if (isOwnError(error)) return 'error';
        throw error;
      }
    });
  // That a search finds nothing means something only if the same search finds everything without a filter.
  const control = await reply(NO_FIELD);
  if (control === 'error' || control === 0)
    throw new SyncError(errors.PRIMERO_BAD_ANSWER, 'Primero finds nothing where it has no filter.');
  for (const field of keyless) {
    if (!(await isHidden(reply, field))) continue;
    const { user } = state.configuration;
    throw new SyncError(
      errors.PRIMERO_FIELD_HIDDEN,
      `The user ${String(user)} may not see the field ${field} in Primero.`,
    );
  }
  keyless.clear();
  return state;
};
