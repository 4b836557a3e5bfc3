import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { INDICATORS, type Indicator } from '../indicators.ts';
import { PASSES, QUIET_PASSES } from '../policy.ts';
import type { CaseRecord } from '../record.ts';
import { addSeconds, type Second } from '../time.ts';
import { type Answer, keylessIn, toWindow, type WindowRead } from './answers.ts';
import type { Ask } from './ask.ts';
import { type Query, rangeQuery } from './question.ts';
import { createdMs, sortOut } from './trust.ts';

/** What is asked: the second, and the sizes of a page and of a batch. */
export interface CrowdAsked {
  from: Second;
  per: number;
  /** The most records that a batch can hold. */
  most: number;
  changedSince?: Second | undefined;
}

/** All records of a question, read by page number, and how many that it counts are ghosts. */
interface Crowd {
  records: CaseRecord[];
  ghosts: number;
}

/**
 * One pass over all pages, added to what earlier passes found. Solr has no order within a second, so pages overlap
 * and leave out: but a pass in which no id comes twice, under a total that stands still, is whole.
 */
const pass = async (ask: Ask, query: Query, most: number, found: Map<string, CaseRecord>) => {
  const ids = new Set<string>();
  let records = 0;
  let total: number | null = null;
  let { per } = query;
  for (let page = 1; ; page += 1) {
    const answer = await ask({ ...query, per: per!, page });
    // The first page may have been asked for by half: the next one begins where it ended.
    per = answer.per;
    const isChanged = total !== null && total !== answer.total;
    total = answer.total;
    records += answer.records.length;
    for (const record of answer.records) {
      ids.add(record.id);
      found.set(record.id, record);
    }
    if (isChanged || total > most) return { total, isWhole: false, isChanged };
    if (page * answer.per >= total) return { total, isWhole: ids.size === records, isChanged };
  }
};

/** The error for a second that no batch can hold. */
export const tooMany = (second: Second, cases: number): SyncError =>
  new SyncError(
    errors.PRIMERO_CROWDED,
    `${cases} cases were created within one second, ${second}.`,
  );

const readAll = async (ask: Ask, query: Query, { from, most }: CrowdAsked): Promise<Crowd> => {
  let found = new Map<string, CaseRecord>();
  let before = -1;
  let quiet = 0;
  for (let passes = 1; passes <= PASSES; passes += 1) {
    const { total, isWhole, isChanged } = await pass(ask, query, most, found);
    if (total > most) throw tooMany(from, total);
    quiet = found.size === before ? quiet + 1 : 0;
    before = found.size;
    if (isChanged) found = new Map();
    else if (found.size >= total) return { records: [...found.values()], ghosts: 0 };
    // What is short twice are ghosts: once, it may be an answer that was cut.
    else if (quiet >= (isWhole ? 1 : QUIET_PASSES))
      return { records: [...found.values()], ghosts: total - found.size };
  }
  throw new SyncError(
    errors.PRIMERO_UNSETTLED,
    `The cases created at ${from} could not all be read in ${PASSES} passes.`,
  );
};

/**
 * Reads a second in which more cases were created than a page holds, as after a bulk import.
 * @throws {SyncError} PRIMERO_UNSETTLED where its cases keep changing
 */
export const readCrowd = async (ask: Ask, asked: CrowdAsked): Promise<WindowRead> => {
  const { from, per, changedSince } = asked;
  const range = { from, to: addSeconds(from, 1) };
  const read = async (indicator: Indicator): Promise<Answer> => {
    const query = { ...rangeQuery(indicator, range, changedSince), per };
    const { records, ghosts } = await readAll(ask, query, asked);
    // In their order already: Solr's says nothing about a second.
    records.sort((a, b) => createdMs(a) - createdMs(b));
    const page = { records, total: records.length, per, page: 1 };
    const sorted = sortOut(page, { indicator, range, changedSince });
    return { indicator, ...sorted, ghosts, keyless: keylessIn(records) };
  };
  const answers: Answer[] = [];
  for (const indicator of INDICATORS) answers.push(await read(indicator));
  return toWindow(answers, range);
};
