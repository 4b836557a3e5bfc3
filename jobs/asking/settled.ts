import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { READINGS } from '../policy.ts';
import type { CaseRecord, Page } from '../record.ts';
import type { Ask } from './ask.ts';
import type { Query } from './question.ts';
import { createdMs } from './trust.ts';

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

/** The second in which a record was created, as a number. */
const secondOf = (record: CaseRecord): number => Math.floor(createdMs(record) / 1000);

/**
 * What can be said of a page for certain. Solr has no order within a second: the last one of a page may be cut elsewhere
 * each time, unless no page follows.
 */
const certainOf = ({ records, per, page, total }: Page, end: number): CaseRecord[] =>
  page * per >= total ? records : records.filter((record) => !(secondOf(record) >= end));

const lastSecond = ({ records }: Page): number => Math.max(...records.map(secondOf));

/** Records of one reading that another one does not have. */
const missing = (records: readonly CaseRecord[], { records: others }: Page): CaseRecord[] => {
  const ids = new Set(others.map(({ id }) => id));
  return records.filter(({ id }) => !ids.has(id));
};

/** Records that a reading by halves has twice: in a second that lies in both, others are left out for them. */
const doubled = ({ records }: Page): number =>
  records.length - new Set(records.map(({ id }) => id)).size;

/** Records that a page does not have, going by the total. */
const lacking = (page: Page): number =>
  Math.max(0, expected(page) - (page.records.length - doubled(page)));

/**
 * What two readings say together, one of them by halves; null where they do not agree. Ghosts, too, may stand elsewhere
 * in their second each time.
 */
const together = (a: Page, b: Page): Page | null => {
  const end = lastSecond(a);
  if (a.total !== b.total || end !== lastSecond(b)) return null;
  const onlyInA = missing(certainOf(a, end), b);
  const onlyInB = missing(certainOf(b, end), a);
  if (onlyInA.length > doubled(b) || onlyInB.length > doubled(a)) return null;
  if (onlyInA.length === 0) return b;
  const records = [...b.records, ...onlyInA].sort((x, y) => secondOf(x) - secondOf(y));
  return { ...b, records };
};

/**
 * Asks for a page of children. An answer that is empty, or shorter than its total says, is asked again, by halves: only
 * what is short twice in the same places are Solr's ghosts.
 *
 * @throws {SyncError} PRIMERO_UNSETTLED where no two readings agree
 */
export const settled = async (ask: Ask, query: Query): Promise<Settled> => {
  const readings: Page[] = [];
  while (readings.length < READINGS) {
    const [first] = readings;
    const answer =
      first && readings.length % 2 === 1 ? await inHalves(ask, query, first) : await ask(query);
    if (answer.records.length > 0 && lacking(answer) === 0) return { ...answer, ghosts: 0 };
    const others = readings.filter((_, index) => index % 2 !== readings.length % 2);
    for (const other of others) {
      const both = together(other, answer);
      if (both) return { ...both, ghosts: lacking(both) };
    }
    readings.push(answer);
  }
  throw new SyncError(
    errors.PRIMERO_UNSETTLED,
    `Primero's answers for created_at=${query.created_at} never held as many cases as it counts.`,
  );
};
