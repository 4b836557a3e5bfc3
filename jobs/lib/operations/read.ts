import type { getCases as GetCases } from '@openfn/language-primero';
import { stop } from '../paging/budget.ts';
import { nextQuestion, type Reading, receive } from '../paging/reading.ts';
import { toPage } from '../paging/verify.ts';
import type { Query } from '../requests.ts';
import { PRIMERO } from '../retry.ts';
import type { Page } from '../types.ts';
import { persist } from './persist.ts';
import type { GetState } from './state.ts';

/**
 * Asks Primero one question: a page of cases, or their number. `take` looks at the answer; where it finds it
 * unusable (PRIMERO_BAD_ANSWER), the question is put again.
 */
export type Ask = <T>(query: Query, page: number, take: (answer: Page) => T) => Promise<T>;

/**
 * The adaptor's `getCases` as a question that is put again where that helps.
 * The state it gets is lean: what it returns is read here and goes no further.
 */
export const asking = (getCases: typeof GetCases, state: GetState): Ask => {
  const lean = { ...state, data: null, references: [], batch: null };
  return (query, page, take) =>
    persist(
      async () => {
        const { data, metadata } = await getCases(query)(lean);
        return take(toPage(data, metadata, page));
      },
      PRIMERO,
      state.deadline,
    );
};

/** Reads a range, question after question, until it is done or there is enough for one batch. */
export const read = async (
  start: Reading,
  ask: Ask,
  { enoughAt }: Pick<GetState, 'enoughAt'>,
): Promise<Reading> => {
  let reading = start;
  for (;;) {
    const question = nextQuestion(reading);
    if (!question) return reading;
    const askedAt = Date.now();
    const before = reading;
    reading = await ask(question.query, question.page, (page) => receive(before, page, askedAt));
    const canStop = !reading.isDone && !reading.second && reading.coveredTo > start.from;
    if (canStop && Date.now() > enoughAt) return stop(reading);
  }
};
