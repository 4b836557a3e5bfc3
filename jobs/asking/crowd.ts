import { INDICATORS, type Indicator } from '../indicators.ts';
import { addSeconds, type Second, toSecond } from '../time.ts';
import { type Answer, createdIn, toWindow, type WindowRead } from './answers.ts';
import type { Ask } from './ask.ts';
import { readAll } from './passes.ts';
import { type Range, rangeQuery } from './question.ts';
import { createdMs, sortOut } from './trust.ts';

/** What is asked: where it begins, and the sizes of a page and of a batch. */
export interface CrowdAsked {
  from: Second;
  per: number;
  /** The most records that a batch can hold. */
  most: number;
  changedSince?: Second | undefined;
}

/** All that Primero has of an indicator in a range, page by page, with what an earlier answer brought of it. */
const readRange = async (
  ask: Ask,
  indicator: Indicator,
  range: Range,
  asked: CrowdAsked,
  earlier: Answer | undefined,
): Promise<Answer> => {
  const { per, changedSince } = asked;
  const query = { ...rangeQuery(indicator, range, changedSince), per };
  const seen = (earlier?.kept ?? []).filter(createdIn(range));
  const { records, ghosts } = await readAll(ask, query, asked, seen);
  // In their order already: Solr's says nothing about a second.
  records.sort((a, b) => createdMs(a) - createdMs(b));
  const page = { records, total: records.length, per, page: 1 };
  const sorted = sortOut(page, { indicator, range, changedSince });
  return { indicator, ...sorted, ghosts };
};

/**
 * Reads a second in which more cases were created than a page holds, as after a bulk import.
 * @throws {SyncError} PRIMERO_UNSETTLED where its cases keep changing
 */
export const readCrowd = async (
  ask: Ask,
  asked: CrowdAsked,
  earlier: readonly Answer[] = [],
): Promise<WindowRead> => {
  const range = { from: asked.from, to: addSeconds(asked.from, 1) };
  const answers: Answer[] = [];
  for (const indicator of INDICATORS)
    answers.push(
      await readRange(
        ask,
        indicator,
        range,
        asked,
        earlier.find((each) => each.indicator === indicator),
      ),
    );
  return toWindow(answers, range);
};

/** The range cut in two where about as many of the records lie on either side; whole where that is not possible. */
const halves = ({ from, to }: Range, { kept }: Answer): Range[] => {
  const times = kept.map(createdMs).sort((a, b) => a - b);
  const middle = toSecond(times[Math.floor(times.length / 2)] ?? from);
  return middle > from && (to === null || middle < to)
    ? [
        { from, to: middle },
        { from: middle, to },
      ]
    : [{ from, to }];
};

/**
 * Reads again what an answer was short of, by halves of its time: what made it short may not come again then. It has no
 * pages that others follow, so it does not matter that Solr has no order within a second.
 *
 * @throws {SyncError} as readCrowd
 */
export const readAgain = async (
  ask: Ask,
  answer: Answer,
  range: Range,
  asked: CrowdAsked,
): Promise<Answer> => {
  const again: Answer = { ...answer, ghosts: 0 };
  for (const half of halves(range, answer)) {
    const { kept, moved, ghosts } = await readRange(ask, answer.indicator, half, asked, answer);
    again.kept = [...again.kept, ...kept];
    again.moved = [...again.moved, ...moved];
    again.ghosts += ghosts;
  }
  return again;
};
