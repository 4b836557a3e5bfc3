import { REINTEGRATION_TYPE } from '../../../../jobs/lib/indicators.ts';
import type { Query } from '../../../../jobs/lib/requests.ts';
import type { CaseRecord, Page } from '../../../../jobs/lib/types.ts';

/** Up to 2.9 Primero compares milliseconds; from 2.10 on both bounds and the record are cut to the second. */
export type Family = 'milliseconds' | 'seconds';

export const idOf = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A case of the first indicator that was last updated at `at` (ms since 1970). */
export const caseAt = (number: number, at: number, fields: object = {}): CaseRecord => ({
  id: idOf(number),
  enabled: true,
  last_updated_at: new Date(at).toISOString(),
  type_of_case: REINTEGRATION_TYPE,
  ...fields,
});

/** Numbers in [0, 1) that follow from a seed (a linear congruence, as in Numerical Recipes). */
export const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

/**
 * A Primero of a few cases, as its search answers: a window, oldest first, paged by offset, and no order at
 * all among equal times, another one at each question.
 */
export class SmallPrimero {
  /** When each case was last updated, by its number. */
  readonly times: number[];
  /** Where the search finds a case: on the older family it lags behind. */
  #found: number[];
  readonly #family: Family;
  readonly #random: () => number;
  questions = 0;

  constructor(times: readonly number[], family: Family, seed = 1) {
    this.times = [...times];
    this.#found = [...times];
    this.#family = family;
    this.#random = numbersFrom(seed);
  }

  /** Updates a case. The search finds it at its new time at once, or only after `index`. */
  update(number: number, at: number, isIndexed = true): void {
    this.times[number] = at;
    if (isIndexed) this.#found[number] = at;
  }

  index(): void {
    this.#found = [...this.times];
  }

  #cut(at: number): number {
    return this.#family === 'milliseconds' ? at : Math.floor(at / 1000);
  }

  #matching(query: Query): number[] {
    const all = this.#found.map((_, number) => number);
    if (query.last_updated_at === undefined) return all;
    const bounds = String(query.last_updated_at).split('..').map(Date.parse);
    const [from, to] = bounds.map((at) => this.#cut(at)) as [number, number];
    const isInside = (at: number) => this.#cut(at) >= from && this.#cut(at) <= to;
    return all.filter((number) => isInside(this.#found[number]!));
  }

  answer(query: Query, page: number): Page {
    this.questions += 1;
    const per = Math.min(Number(query.per), 1000);
    const sorted = this.#matching(query)
      .map((number) => ({ number, at: this.#found[number]!, tie: this.#random() }))
      .sort((a, b) => a.at - b.at || a.tie - b.tie);
    const records = sorted
      .slice((page - 1) * per, page * per)
      .map(({ number }) => caseAt(number, this.times[number]!));
    return { records, total: sorted.length, per };
  }
}
