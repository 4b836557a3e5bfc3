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

/** A record, if it has an id. Primero writes ids in lower case; so do we. */
const toRecord = (value: unknown): CaseRecord => {
  const { id } = Object(value);
  const lower = typeof id === 'string' ? id.toLowerCase() : '';
  if (!UUID.test(lower)) bad('with a record that has no id');
  return { ...Object(value), id: lower };
};

/**
 * What came as a page of cases.
 * @throws {SyncError} PRIMERO_BAD_ANSWER where it is none
 */
export const toPage = (data: unknown, metadata: unknown): Page => {
  const { total, per, page } = Object(metadata);
  if (!Array.isArray(data)) return bad('with something that is no list of cases');
  if (!isCount(total) || !isCount(per) || !isCount(page)) return bad('without a total');
  return { records: data.map(toRecord), total, per, page };
};

/** The record of `GET /api/v2/cases/ID`. @throws {SyncError} PRIMERO_BAD_ANSWER where it is not the one asked for */
export const toCase = (data: unknown, id: string): CaseRecord => {
  const record = toRecord(Object(data).data);
  return record.id === id ? record : bad('with another case than the one that was asked for');
};

/** Mapped fields whose key none of these records has: blank in all of them, or hidden. None where there is no record. */
export const keylessIn = (records: readonly CaseRecord[]): string[] =>
  FIELDS.filter((field) => records.length > 0 && !records.some((record) => field in record));

/** Records of a page that may stand elsewhere than its filters and its order say. */
export const mayHaveMovedOn = (per: number): number =>
  Math.min(MOVED_ON, Math.ceil((per * MOVED_ON) / PAGE_SIZE));

/** Time of creation in ms; NaN where there is none. */
export const createdMs = ({ created_at }: CaseRecord): number =>
  isInstant(created_at) ? toMs(created_at) : Number.NaN;

/** A question, as far as each record of its answer must match it. */
export interface Asked {
  indicator: Indicator;
  range: Range;
  changedSince?: string | undefined;
}

/** The field by which a record does not belong to its question; null where it does. */
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
  // Without a time it is NaN, which comes before or after nothing.
  const seconds = records.map((record) => Math.floor(createdMs(record) / 1000));
  let steps = 0;
  for (let index = 1; index < seconds.length; index += 1)
    if (seconds[index - 1]! > seconds[index]!) steps += 1;
  return steps;
};

/** The records of an answer, by whether they belong to its question. */
export interface Sorted {
  /** Those that do. */
  kept: CaseRecord[];
  /** Those that have moved on since Solr indexed them, and count for an indicator all the same. */
  moved: CaseRecord[];
}

/**
 * Sorts the records of a page. Those that neither belong nor count are left to be asked about by id.
 *
 * @throws {SyncError} PRIMERO_FILTER_DROPPED or PRIMERO_ORDER_IGNORED where more have moved on than is likely
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
