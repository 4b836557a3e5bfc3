import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { PASSES, QUIET_PASSES } from '../policy.ts';
import type { CaseRecord } from '../record.ts';
import type { Second } from '../time.ts';
import type { Ask } from './ask.ts';
import type { Query } from './question.ts';

/** All records of a question, read page by page, and how many of those that it counts are ghosts. */
export interface AllRead {
  records: CaseRecord[];
  ghosts: number;
}

/**
 * One pass over all pages, added to what earlier passes found. Solr has no fixed order within a second, so pages overlap
 * and leave records out. But if no id comes twice, none is missing and the total stays the same, the pass is complete.
 */
const pass = async (ask: Ask, query: Query, most: number, found: Map<string, CaseRecord>) => {
  const ids = new Set<string>();
  let records = 0;
  let total: number | null = null;
  let { per } = query;
  for (let page = 1; ; page += 1) {
    const answer = await ask({ ...query, per: per!, page });
    // If only half of the first page was asked for, the next page begins where that half ended.
    per = answer.per;
    const isChanged = total !== null && total !== answer.total;
    total = answer.total;
    records += answer.records.length;
    for (const record of answer.records) {
      ids.add(record.id);
      found.set(record.id, record);
    }
    if (isChanged || total > most) return { total, isWhole: false, isChanged };
    if (page * answer.per >= total)
      return { total, isWhole: ids.size === records && ids.size === found.size, isChanged };
  }
};

/** The error for a second whose cases do not fit into a batch. */
export const tooMany = (second: Second, cases: number): SyncError =>
  new SyncError(
    errors.PRIMERO_CROWDED,
    `${cases} cases were created within one second, ${second}.`,
  );

/**
 * All records of a question, in as many passes as needed. Records that are missing in two complete passes are ghosts:
 * Solr counts them, and Primero does not have them. After a single pass, the answer may only have been cut off.
 *
 * @param asked where its time of creation begins, and how many records a batch can hold
 * @param seen records that an earlier answer brought; they are kept
 * @throws {SyncError} PRIMERO_UNSETTLED if its records keep changing, PRIMERO_CROWDED if there are too many
 */
export const readAll = async (
  ask: Ask,
  query: Query,
  { from, most }: { from: Second; most: number },
  seen: readonly CaseRecord[],
): Promise<AllRead> => {
  const start = () => new Map(seen.map((record) => [record.id, record]));
  let found = start();
  let before = -1;
  let quiet = 0;
  for (let passes = 1; passes <= PASSES; passes += 1) {
    const { total, isWhole, isChanged } = await pass(ask, query, most, found);
    if (total > most) throw tooMany(from, total);
    quiet = found.size === before ? quiet + 1 : 0;
    before = found.size;
    if (isChanged) found = start();
    else if (found.size >= total) return { records: [...found.values()], ghosts: 0 };
    else if (quiet >= (isWhole ? 1 : QUIET_PASSES))
      return { records: [...found.values()], ghosts: total - found.size };
  }
  throw new SyncError(
    errors.PRIMERO_UNSETTLED,
    `The cases created at ${from} could not all be read in ${PASSES} passes.`,
  );
};
