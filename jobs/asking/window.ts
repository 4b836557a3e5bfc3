import { INDICATORS } from '../indicators.ts';
import type { CaseRecord, Page } from '../record.ts';
import { type Second, toSecond } from '../time.ts';
import { type Answer, toWindow, type WindowRead } from './answers.ts';
import type { Ask } from './ask.ts';
import { readAgain, readCrowd } from './crowd.ts';
import { type Query, rangeQuery } from './question.ts';
import { createdMs, mayHaveMovedOn, sortOut } from './trust.ts';

/** What to ask for: where the window begins, where it must end at the latest, and how large a page may be. */
export interface WindowAsked {
  from: Second;
  /** Null: it may end anywhere. */
  end: Second | null;
  per: number;
  /** The largest number of records that a batch can hold. */
  most: number;
  changedSince?: Second | undefined;
}

/** A window that was read, and what it says about the next one. */
export interface Window extends WindowRead {
  /** Cases that Primero counts from `from` on, for the indicator that is asked first: this window and all that is left. */
  left: number;
  /** The largest page that Primero gave. */
  per: number;
}

/** The first page that has a record. A page that has only ghosts is skipped. */
const firstPage = async (ask: Ask, asked: Query): Promise<Page> => {
  let { per } = asked;
  for (let page = 1; ; page += 1) {
    const answer = await ask({ ...asked, per: per!, page });
    if (answer.records.length > 0 || page * answer.per >= answer.total) return answer;
    // If only half of the first page was asked for, the next page begins where that half ended.
    per = answer.per;
  }
};

/** Whether an answer is empty, or shorter than its total says. */
const isShort = ({ records, total, per, page }: Page): boolean =>
  page > 1 || records.length === 0 || records.length < Math.min(per, total);

/**
 * Where a window must end so that all its children are on the page: at the second of one of the last records. The last
 * few are not counted on, because they may not be where Solr's order has them.
 */
const cut = (kept: readonly CaseRecord[], per: number, from: Second): Second => {
  const times = kept.map(createdMs).sort((a, b) => b - a);
  return toSecond(times[Math.min(mayHaveMovedOn(per), times.length - 1)] ?? from);
};

/**
 * Reads one window: for each indicator, all children created from `from` on, up to the point where a page is full.
 *
 * @throws {SyncError} a code of Primero's
 * @example <caption>The first window of a census</caption>
 * readWindow(ask, { from: '1900-01-01T00:00:00Z', end: null, per: 1000 })
 */
export const readWindow = async (ask: Ask, asked: WindowAsked): Promise<Window> => {
  const { from, changedSince } = asked;
  const answers: Answer[] = [];
  const short = new Set<string>();
  let to = asked.end;
  let { per } = asked;
  let left = 0;
  for (const indicator of INDICATORS) {
    const range = { from, to };
    const page = await firstPage(ask, { ...rangeQuery(indicator, range, changedSince), per });
    const sorted = sortOut(page, { indicator, range, changedSince });
    if (answers.length === 0) left = page.total;
    per = Math.min(per, page.per);
    answers.push({ indicator, ...sorted, ghosts: 0 });
    if (isShort(page)) short.add(indicator.name);
    if (page.page * page.per >= page.total) continue;
    const second = cut(sorted.kept, page.per, from);
    // If a page cannot hold all cases of one second, that second is the window.
    if (second <= from) return { ...(await readCrowd(ask, { ...asked, per }, answers)), left, per };
    to = second;
  }
  for (const [index, answer] of answers.entries())
    if (short.has(answer.indicator.name))
      answers[index] = await readAgain(ask, answer, { from, to }, { ...asked, per });
  return { ...toWindow(answers, { from, to }), left, per };
};
