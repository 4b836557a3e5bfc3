import type { getCases as GetCases } from '@openfn/language-primero';
import { PRIMERO } from '../errors/judge.ts';
import { persist } from '../errors/persist.ts';
import type { CaseRecord, Page } from '../record.ts';
import { FIELD_LIST, type Query } from './question.ts';
import type { GetState, Reading } from './state.ts';
import { keylessIn, toPage } from './trust.ts';

/** Asks Primero one question, and asks again if that helps. */
export type Ask = (query: Query) => Promise<Page>;

/**
 * Asks Primero with an operation of the adaptor, and asks again if that helps. The operation gets an almost empty state:
 * what it returns is read here and goes no further.
 *
 * @param attempt gets that state, and how many earlier attempts had no answer in time
 * @throws {SyncError} a code of Primero's
 */
export const persistently = <T>(
  state: GetState,
  attempt: (lean: GetState, timeouts: number) => Promise<T>,
): Promise<T> => {
  const lean = { ...state, data: null, references: [], reading: null as never };
  return persist((timeouts) => attempt(lean, timeouts), PRIMERO, state.deadline);
};

/** If a first page had no answer in time, half of it is asked for. Later pages keep their size, or they would begin elsewhere. */
const shrink = (query: Query, timeouts: number): Query => {
  if (timeouts === 0 || query.page !== 1 || query.id !== undefined) return query;
  return { ...query, per: Math.max(1, Math.floor(Number(query.per) / 2 ** timeouts)) };
};

/** Remembers which mapped fields an answer lacks, until these are asked about. */
export const noteKeyless = ({ keyless }: Reading, records: readonly CaseRecord[]): void => {
  for (const field of keylessIn(records)) keyless.add(field);
};

/** The adaptor's `getCases` as a question. One question is one request, unless it must be asked again. */
export const asking =
  (getCases: typeof GetCases, state: GetState): Ask =>
  (query) =>
    persistently(state, async (lean, timeouts) => {
      const { data, metadata } = await getCases(shrink(query, timeouts))(lean);
      const page = toPage(data, metadata);
      if (query.fields === FIELD_LIST) noteKeyless(state.reading, page.records);
      return page;
    });
