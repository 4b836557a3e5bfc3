import type { PackedRecord } from '../pack.ts';
import type { Query } from '../requests.ts';
import { MAX_PASSES } from '../settings.ts';
import { addSeconds, type Second, toSecond } from '../time.ts';
import type { Page } from '../types.ts';
import { add, pageSizeFor, stop, stopAtBudget } from './budget.ts';
import { receiveSecond, type SecondReading, startSecond, unsettled } from './second.ts';
import type { Source } from './source.ts';
import { type VerifiedPage, verifyPage } from './verify.ts';

/**
 * Reading a range of `last_updated_at`, oldest first, page by page, as far as the budget goes.
 *
 * Paging goes by key, not by offset: the next page starts at the second of the last record. A record that
 * changes meanwhile gets a later key: it leaves the range, shifts nothing, and is met again later.
 * Immutable: `receive` returns the reading that follows.
 */
export interface Reading {
  readonly source: Source;
  readonly from: Second;
  readonly to: Second;
  readonly pageSize: number;
  /** Bytes of records after which no more are asked for. */
  readonly budget: number;
  /** Distinct records so far, oldest first. */
  readonly records: readonly PackedRecord[];
  /** Bytes of all of them, as state. */
  readonly bytes: number;
  /** Ids of records that the search found in the range, and that had moved on: Primero has them, elsewhere. */
  readonly moved: readonly string[];
  /** Everything before this second has been read. */
  readonly coveredTo: Second;
  /** Set while a single second with more than a page of records is read. */
  readonly second: SecondReading | null;
  /** How often the range has seemed empty from here on: one answer of zero is not believed. */
  readonly zeros: number;
  /** How often a second with more than a page of records was empty when asked for by itself. */
  readonly emptied: number;
  /** What the source has everywhere, asked for after two zeros; null until then. */
  readonly everywhere: number | null;
  /** Records of the range that Primero counts and that were not read. */
  readonly remaining: number;
  readonly isDone: boolean;
}

/** What a reading knows of zeros before the first one: the doubt begins anew with every other answer. */
const NO_DOUBT = { zeros: 0, everywhere: null };

export const startReading = (
  source: Source,
  range: { from: Second; to: Second },
  limits: { pageSize: number; budget: number },
): Reading => ({
  source,
  from: range.from,
  to: range.to,
  ...limits,
  records: [],
  moved: [],
  bytes: 0,
  coveredTo: range.from,
  second: null,
  ...NO_DOUBT,
  emptied: 0,
  remaining: 0,
  isDone: false,
});

/** What to ask for next. */
export interface Question {
  query: Query;
  page: number;
}

/** Two zeros in a row: then the source is asked for what it has everywhere. */
const doubtsZero = ({ zeros, everywhere }: Reading): boolean => zeros >= 2 && everywhere === null;

/** The next question of a reading; null when it is done. */
export const nextQuestion = (reading: Reading): Question | null => {
  const { source, second, coveredTo, to, pageSize, isDone } = reading;
  if (isDone) return null;
  if (doubtsZero(reading)) return { query: source.everywhere, page: 1 };
  if (second) {
    return { query: source.query(second.at, second.at, pageSize, second.page), page: second.page };
  }
  return { query: source.query(coveredTo, to, pageSizeFor(reading), 1), page: 1 };
};

const end = (reading: Reading): Reading => ({
  ...reading,
  coveredTo: addSeconds(reading.to, 1),
  remaining: 0,
  isDone: true,
});

const receiveForward = (reading: Reading, page: VerifiedPage): Reading => {
  const added = add(reading, page);
  if (page.isWhole) return stopAtBudget(end(added));
  const last = toSecond(page.records.at(-1)!.last_updated_at);
  // A page that ends in the second in which it began holds only a part of it. Such a second is read at the
  // start of a batch, where its size can exceed the budget without anything being fetched twice.
  if (last === reading.coveredTo) {
    return last > reading.from ? stop(reading) : { ...reading, second: startSecond(last) };
  }
  const remaining = Math.max(0, page.total - page.ids.length);
  return stopAtBudget({ ...added, coveredTo: last, remaining });
};

const receivePartOfSecond = (reading: Reading, page: VerifiedPage, per: number): Reading => {
  const second = receiveSecond(reading.second!, page.ids, page.total, per);
  const added = add(reading, page);
  if (!second.isDone) return { ...added, second };
  if (second.at >= reading.to) return end({ ...added, second: null });
  return stopAtBudget({ ...added, second: null, coveredTo: addSeconds(second.at, 1) });
};

/**
 * Takes in the answer to `nextQuestion`.
 *
 * @param now ms since 1970, when the question was put
 * @throws {SyncError} PRIMERO_FILTER_DROPPED, PRIMERO_ORDER_IGNORED, PRIMERO_UNSETTLED
 */
export const receive = (reading: Reading, page: Page, now: number): Reading => {
  if (doubtsZero(reading)) {
    const doubted = { ...reading, everywhere: page.total };
    // A search that finds something again may have failed twice: only now is a zero worth something.
    return page.total === 0 ? end(doubted) : doubted;
  }
  if (page.total === 0 && reading.second) {
    // An empty second may have been left by all its records: what follows it is asked for instead. That is another
    // question, whose own zeros are doubted.
    const emptied = reading.emptied + 1;
    if (emptied > MAX_PASSES) throw unsettled(reading.coveredTo);
    return { ...reading, ...NO_DOUBT, second: null, emptied };
  }
  if (page.total === 0) {
    const doubted = { ...reading, zeros: reading.zeros + 1 };
    const isBelieved = doubted.zeros >= 2 && doubted.everywhere !== null;
    return isBelieved ? end(doubted) : doubted;
  }
  const { source, second, coveredTo, to } = reading;
  const believed = { ...reading, ...NO_DOUBT };
  if (second) {
    const verified = verifyPage(page, source, second.at, second.at, now);
    return receivePartOfSecond(believed, verified, page.per);
  }
  const verified = verifyPage(page, source, coveredTo, to, now);
  return receiveForward(believed, verified);
};
