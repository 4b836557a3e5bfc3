import { INDICATORS, type Indicator } from '../indicators.ts';
import { addSeconds, type Second, toSecond } from '../time.ts';
import { type Answer, createdIn, toWindow, type WindowRead } from './answers.ts';
import type { Ask } from './ask.ts';
import { readAll } from './passes.ts';
import { type Range, rangeQuery } from './question.ts';
import { createdMs, sortOut } from './trust.ts';

/** What to ask for: where it begins, and the sizes of a page and of a batch. */
export interface CrowdAsked {
  from: Second;
  per: number;
  /** The largest number of records that a batch can hold. */
  most: number;
  changedSince?: Second | undefined;
}

/** All children of an indicator that Primero has in a range, page by page, together with those of an earlier answer. */
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
  // Sorted already; Solr's order says nothing about the records of one second.
  records.sort((a, b) => createdMs(a) - createdMs(b));
  const page = { records, total: records.length, per, page: 1 };
  const sorted = sortOut(page, { indicator, range, changedSince });
  return { indicator, ...sorted, ghosts };
};

/**
 * Reads a second in which more cases were created than fit into a page, for example by a bulk import.
 * @throws {SyncError} PRIMERO_UNSETTLED if its cases keep changing
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

/** Divides a range into two with about as many of the records in each. Gives the whole range if that is not possible. */
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
 * Reads the records that an answer was short of, half a range at a time: what made the answer short may not happen again.
 * No other page follows such an answer, so it does not matter that Solr has no fixed order within a second.
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
