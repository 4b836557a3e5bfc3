import { SyncError } from '../errors.ts';
import { type PackedRecord, packRecord } from '../pack.ts';
import { SAFETY_LAG_SECONDS } from '../settings.ts';
import { addSeconds, isInstant, type Second, toMs } from '../time.ts';
import type { CaseRecord, Page } from '../types.ts';
import type { Source } from './source.ts';

/** A page whose records were checked, without those that have moved on since the search found them. */
export interface VerifiedPage {
  /** In the order in which they came, cut to the fields that were asked for. */
  records: PackedRecord[];
  /** Ids of all records on the page, moved ones included. */
  ids: string[];
  /** Ids of those that have moved on. */
  moved: string[];
  total: number;
  /** Whether the page holds all that there are. */
  isWhole: boolean;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const badAnswer = (what: string): never => {
  throw new SyncError('PRIMERO_BAD_ANSWER', what);
};

const hasIdentity = (record: unknown): record is CaseRecord => {
  const { id, last_updated_at: at } = (record ?? {}) as Partial<CaseRecord>;
  return typeof id === 'string' && UUID.test(id) && isInstant(at);
};

/**
 * Reads the envelope of an answer of `GET /api/v2/cases`.
 * @throws {SyncError} PRIMERO_BAD_ANSWER where it is none, or holds fewer records than it says: ask again
 */
export const toPage = (data: unknown, metadata: unknown, page = 1): Page => {
  const { total, per } = (metadata ?? {}) as { total?: unknown; per?: unknown };
  if (!Array.isArray(data) || !Number.isInteger(total) || !Number.isInteger(per)) {
    return badAnswer('Primero answered without a list of cases or without its total.');
  }
  // A zero ends a reading: it must be one.
  if ((total as number) < 0 || (total === 0 && data.length > 0)) {
    return badAnswer(`Primero answered with ${data.length} cases and counts ${total}.`);
  }
  const expected = Math.max(
    0,
    Math.min(per as number, (total as number) - (page - 1) * (per as number)),
  );
  if (data.length < expected) {
    return badAnswer(`Primero answered with ${data.length} cases where it counts ${expected}.`);
  }
  if (!data.every(hasIdentity)) badAnswer('Primero sent a case without an id or last_updated_at.');
  return { records: data, total: total as number, per: per as number };
};

/**
 * Checks that each record is what was asked for. Trust nothing: Primero drops a filter on a field that the
 * user may not see without a word, and then returns more than it should.
 *
 * A record changed in the last moments is left out: Solr may still find it where it was (Primero up to 2.9
 * takes ids from the index and the content from the database). It is met again at its new time.
 *
 * @param now ms since 1970, when the page was asked for
 * @throws {SyncError} PRIMERO_FILTER_DROPPED or PRIMERO_ORDER_IGNORED, with the field and no record
 */
export const verifyPage = (
  page: Page,
  source: Source,
  from: Second,
  to: Second,
  now: number,
): VerifiedPage => {
  const start = toMs(from);
  const end = toMs(addSeconds(to, 1));
  const movedFrom = Math.max(end, now - SAFETY_LAG_SECONDS * 1000);
  let previous = start;
  const records: PackedRecord[] = [];
  const ids: string[] = [];
  const moved: string[] = [];
  for (const record of page.records as CaseRecord[]) {
    ids.push(record.id);
    const at = toMs(record.last_updated_at);
    if (at >= movedFrom) {
      moved.push(record.id);
      continue;
    }
    if (at < start || at >= end) {
      throw new SyncError(
        'PRIMERO_FILTER_DROPPED',
        'Primero sent cases from outside the window: field "last_updated_at".',
      );
    }
    if (at < previous) {
      throw new SyncError('PRIMERO_ORDER_IGNORED', 'Primero did not sort by "last_updated_at".');
    }
    if (source.filter && !source.filter.matches(record)) {
      throw new SyncError(
        'PRIMERO_FILTER_DROPPED',
        `Primero sent cases that the filter excludes: field "${source.filter.field}".`,
      );
    }
    previous = at;
    records.push(packRecord(record, source.fields));
  }
  if (ids.length > 0 && records.length === 0 && ids.length < page.total) {
    badAnswer('Every case on the page has changed since the search found it.');
  }
  return { records, ids, moved, total: page.total, isWhole: ids.length >= page.total };
};
