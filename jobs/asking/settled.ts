import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { READINGS } from '../policy.ts';
import type { CaseRecord, Page } from '../record.ts';
import type { Ask } from './ask.ts';
import type { Query } from './question.ts';

/** A page that was asked for until two readings agreed, and how many of its records are ghosts. */
export interface Settled extends Page {
  /** Records that Primero counts and does not have (Solr). */
  ghosts: number;
}

/** Records that a page should have, going by the total. */
const expected = ({ total, per, page }: Page): number =>
  Math.max(0, Math.min(per, total - (page - 1) * per));

/**
 * The same page, by two questions for half of it. What makes an answer short may not come twice then. Halves of an odd
 * page would lie elsewhere: it is asked for whole.
 */
const inHalves = async (ask: Ask, query: Query, { per, page, total }: Page): Promise<Page> => {
  if (per % 2 === 1) return ask(query);
  const half = per / 2;
  const records: CaseRecord[] = [];
  let last = total;
  for (const part of [2 * page - 1, 2 * page]) {
    if ((part - 1) * half >= Math.max(last, 1)) continue;
    const answer = await ask({ ...query, per: half, page: part });
    records.push(...answer.records);
    last = answer.total;
  }
  return { records, total: last, per, page };
};

const areSame = (a: Page, b: Page): boolean => {
  const ids = new Set(a.records.map(({ id }) => id));
  return (
    a.total === b.total &&
    a.records.length === b.records.length &&
    b.records.every(({ id }) => ids.has(id))
  );
};

/**
 * Asks for a page of children. An answer that is empty, or shorter than its total says, is asked again, by halves: only
 * what is short twice in the same places are Solr's ghosts.
 *
 * @throws {SyncError} PRIMERO_UNSETTLED where no two readings agree
 */
export const settled = async (ask: Ask, query: Query): Promise<Settled> => {
  let answer = await ask(query);
  for (let readings = 1; readings < READINGS; readings += 1) {
    const { records } = answer;
    if (records.length > 0 && records.length >= expected(answer)) return { ...answer, ghosts: 0 };
    const again = readings % 2 === 1 ? await inHalves(ask, query, answer) : await ask(query);
    if (areSame(answer, again)) return { ...again, ghosts: expected(again) - again.records.length };
    answer = again;
  }
  throw new SyncError(
    errors.PRIMERO_UNSETTLED,
    `Primero's answers for created_at=${query.created_at} never held as many cases as it counts.`,
  );
};
