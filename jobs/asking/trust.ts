import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { countsFor, type Indicator, keeps } from '../indicators.ts';
import { FIELDS } from '../mapping/fields.ts';
import { MOVED_ON, PAGE_SIZE } from '../policy.ts';
import type { CaseRecord, Page } from '../record.ts';
import { isInstant, toMs } from '../time.ts';
import type { Range } from './question.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const bad = (what: string): never => {
  throw new SyncError(errors.PRIMERO_BAD_ANSWER, `Primero answered ${what}.`);
};

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0;

/** A record, if it has an id. Ids are in lower case, as Primero writes them. */
const toRecord = (value: unknown): CaseRecord => {
  const { id } = Object(value);
  const lower = typeof id === 'string' ? id.toLowerCase() : '';
  if (!UUID.test(lower)) bad('with a record that has no id');
  return { ...Object(value), id: lower };
};

/**
 * The answer to a question, as a page of cases.
 * @throws {SyncError} PRIMERO_BAD_ANSWER if it is not a page
 */
export const toPage = (data: unknown, metadata: unknown): Page => {
  const { total, per, page } = Object(metadata);
  if (!Array.isArray(data)) return bad('with something that is no list of cases');
  if (!isCount(total) || !isCount(per) || !isCount(page)) return bad('without a total');
  return { records: data.map(toRecord), total, per, page };
};

/** The record of `GET /api/v2/cases/ID`. @throws {SyncError} PRIMERO_BAD_ANSWER if it is not the one asked for */
export const toCase = (data: unknown, id: string): CaseRecord => {
  const record = toRecord(Object(data).data);
  return record.id === id ? record : bad('with another case than the one that was asked for');
};

/** Mapped fields whose key is in none of these records: they are blank in all of them, or hidden. None if there are no records. */
export const keylessIn = (records: readonly CaseRecord[]): string[] =>
  FIELDS.filter((field) => records.length > 0 && !records.some((record) => field in record));

/** How many records of a page may violate its filters and its order. */
export const mayHaveMovedOn = (per: number): number =>
  Math.min(MOVED_ON, Math.ceil((per * MOVED_ON) / PAGE_SIZE));

/** Time of creation in ms; NaN if there is none. */
export const createdMs = ({ created_at }: CaseRecord): number =>
  isInstant(created_at) ? toMs(created_at) : Number.NaN;

/** The parts of a question that each record of its answer must match. */
export interface Asked {
  indicator: Indicator;
  range: Range;
  changedSince?: string | undefined;
}

/** The field that shows that a record does not belong to its question; null if it belongs. */
const strayField = (
  record: CaseRecord,
  { indicator, range, changedSince }: Asked,
): string | null => {
  if (record.enabled !== true) return 'record_state';
  const broken = indicator.rules.find((rule) => !keeps(record, rule));
  if (broken) return broken.field;
  const created = createdMs(record);
  const second = 1000;
  const isInside =
    created >= toMs(range.from) && (range.to === null || created < toMs(range.to) + second);
  if (!isInside) return 'created_at';
  const isChanged = !changedSince || toMs(String(record.last_updated_at)) >= toMs(changedSince);
  return isChanged ? null : 'last_updated_at';
};

/** How often a record comes before one that was created in an earlier second. */
const countSteps = (records: readonly CaseRecord[]): number => {
  // Without a time of creation this is NaN, and no comparison with it is true.
  const seconds = records.map((record) => Math.floor(createdMs(record) / 1000));
  let steps = 0;
  for (let index = 1; index < seconds.length; index += 1)
    if (seconds[index - 1]! > seconds[index]!) steps += 1;
  return steps;
};

/** The records of an answer, by whether they belong to its question. */
export interface Sorted {
  /** Those that belong to it. */
  kept: CaseRecord[];
  /** Those that were changed after Solr indexed them, but still count for an indicator. */
  moved: CaseRecord[];
}

/**
 * Sorts the records of a page. Records that neither belong to it nor count are left out here, and asked about by id.
 *
 * @throws {SyncError} PRIMERO_FILTER_DROPPED or PRIMERO_ORDER_IGNORED if more records have changed than is likely
 */
export const sortOut = ({ records, per }: Page, asked: Asked): Sorted => {
  const tolerated = mayHaveMovedOn(per);
  const strays = new Map<string, number>();
  const sorted: Sorted = { kept: [], moved: [] };
  for (const record of records) {
    const field = strayField(record, asked);
    if (field === null) sorted.kept.push(record);
    else {
      strays.set(field, (strays.get(field) ?? 0) + 1);
      if (record.enabled === true && countsFor(record).length > 0) sorted.moved.push(record);
    }
  }
  if (records.length - sorted.kept.length > tolerated) {
    const [[field, count]] = [...strays].sort((a, b) => b[1] - a[1]) as [[string, number]];
    throw new SyncError(
      errors.PRIMERO_FILTER_DROPPED,
      `Primero answered with ${count} records that its filter on ${field} should have left out.`,
    );
  }
  if (countSteps(records) > tolerated)
    throw new SyncError(
      errors.PRIMERO_ORDER_IGNORED,
      'Primero did not sort its answer by created_at.',
    );
  return sorted;
};
