import type { getCases as GetCases, http as Http } from '@openfn/language-primero';
import { httpFailure } from '../errors/judge.ts';
import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { countsFor } from '../indicators.ts';
import { IDS_A_QUESTION } from '../policy.ts';
import type { CaseRecord } from '../record.ts';
import { asking, noteKeyless, persistently } from './ask.ts';
import type { Finding } from './batch.ts';
import { bytesOf, packRecord } from './pack.ts';
import { caseAddress, idsQuery } from './question.ts';
import type { GetState } from './state.ts';
import { toCase } from './trust.ts';

/** What a record says of a child, whatever indicator it was asked for. A record without a state says nothing. */
export const judgeRecord = (record: CaseRecord): Finding => {
  if (record.enabled === false) return 'disabled';
  if (record.enabled !== true) return 'unseen';
  return countsFor(record).length > 0 ? 'counts' : 'left';
};

/** Whether a 404 comes from Primero and is about this child. A proxy answers 404, too. */
const isOwn = (body: unknown, path: string): boolean => {
  try {
    const { errors } = typeof body === 'string' ? JSON.parse(body) : Object(body);
    return errors[0].status === 404 && errors[0].resource === `/api/v2/${path}`;
  } catch (_notPrimero) {
    return false;
  }
};

/** Asks for one child by its address. Primero then reads its database and not its index. */
const askForOne = async (
  http: typeof Http,
  state: GetState,
  id: string,
): Promise<CaseRecord | 'deleted' | 'unseen'> => {
  const { path, query } = caseAddress(id);
  return persistently(state, async (lean) => {
    try {
      return toCase((await http.get(path, { query })(lean)).data, id);
    } catch (error) {
      const failure = httpFailure(error);
      if (failure?.status === 403) return 'unseen';
      if (failure?.status !== 404) throw error;
      if (isOwn(failure.body, path)) return 'deleted';
      throw new SyncError(
        errors.PRIMERO_BAD_ANSWER,
        'Something answered 404 in the place of Primero.',
      );
    }
  });
};

/** Adds what Primero says of a child. Passes on only what must be written. */
const add = (state: GetState, id: string, answer: CaseRecord | Finding, indexed: boolean): void => {
  const { reading } = state;
  const finding = typeof answer === 'string' ? answer : judgeRecord(answer);
  reading.findings.push({ id, finding, indexed });
  if (typeof answer === 'string' || (finding !== 'counts' && finding !== 'left')) return;
  const row = packRecord(answer, 'asked', reading);
  reading.rows.push(row);
  reading.bytes += bytesOf(row);
};

/**
 * Asks about children by id: first many at once with the search, then one by one those that the search does not have.
 * Those for which there was no time stay open, and the next batch asks about them.
 *
 * @throws {SyncError} a code of Primero's
 * @example <caption>With the official adaptor's operations</caption>
 * askAfterAbsent(getCases, http)
 */
export const askAfterAbsent =
  (getCases: typeof GetCases, http: typeof Http) => async (state: GetState) => {
    const { message, reading } = state;
    const ask = asking(getCases, state);
    for (let start = 0; start < message.ask.length; start += IDS_A_QUESTION) {
      const ids = message.ask.slice(start, start + IDS_A_QUESTION);
      const { records } = await ask(idsQuery(ids));
      const found = new Map(records.map((record) => [record.id, record]));
      if ([...found.keys()].some((id) => !ids.includes(id)))
        throw new SyncError(
          errors.PRIMERO_FILTER_DROPPED,
          'Primero answered with other ids than were asked for.',
        );
      for (const id of ids) {
        if (Date.now() > state.enoughAt || reading.bytes > reading.room) return state;
        const record = found.get(id);
        if (record) add(state, id, record, true);
        else {
          const answer = await askForOne(http, state, id);
          if (typeof answer !== 'string') noteKeyless(reading, [answer]);
          add(state, id, answer, typeof answer === 'string');
        }
      }
    }
    return state;
  };
