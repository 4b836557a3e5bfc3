import { bytesOf, type PackedRecord } from '../pack.ts';
import { SMALLEST_PAGE } from '../settings.ts';
import { type Second, toMs, toSecond } from '../time.ts';
import type { Reading } from './reading.ts';

/** The records that still fit, by the bytes that those so far took. */
export const pageSizeFor = ({ records, bytes, budget, pageSize, source }: Reading): number => {
  const each = records.length > 0 ? bytes / records.length : source.typicalBytes;
  return Math.max(
    1,
    Math.min(pageSize, Math.max(SMALLEST_PAGE, Math.floor((budget - bytes) / each))),
  );
};

/** The second of a record, in ms since 1970: compared for each record, so it must cost little. */
const secondOf = ({ last_updated_at }: PackedRecord): number => {
  const time = toMs(last_updated_at);
  return time - (time % 1000);
};

const isAsNew = (known: PackedRecord, record: PackedRecord): boolean =>
  toMs(known.last_updated_at) >= toMs(record.last_updated_at);

/** A page's records by id. It is sorted: of one that is there twice, the later is the newer. */
const byId = (page: readonly PackedRecord[]): Map<string, PackedRecord> => {
  const newest = new Map<string, PackedRecord>();
  for (const record of page) {
    newest.delete(record.id);
    newest.set(record.id, record);
  }
  return newest;
};

/**
 * Adds the records of a page. One that comes again as it was is dropped; where it is newer, the older one is.
 * What comes is sized as a whole: of a single record the size is seldom needed.
 */
export const add = (
  reading: Reading,
  page: { records: readonly PackedRecord[]; moved: readonly string[] },
): Reading => {
  const fresh = byId(page.records);
  const kept: PackedRecord[] = [];
  const dropped: PackedRecord[] = [];
  for (const known of reading.records) {
    const record = fresh.get(known.id);
    const isKept = !record || isAsNew(known, record);
    if (record && isKept) fresh.delete(known.id);
    (isKept ? kept : dropped).push(known);
  }
  const come = [...fresh.values()];
  return {
    ...reading,
    records: [...kept, ...come],
    moved: [...reading.moved, ...page.moved],
    bytes: reading.bytes + bytesOf(come) - bytesOf(dropped),
  };
};

/** The first second of which not all records fit; the first second of all always fits. */
const overflow = ({ records, bytes, budget }: Reading): Second | null => {
  if (bytes <= budget) return null;
  let sum = 0;
  const over = records.find((record) => {
    sum += bytesOf([record]);
    return sum > budget && secondOf(record) !== secondOf(records[0]!);
  });
  return over ? toSecond(over.last_updated_at) : null;
};

/**
 * Ends a reading before its range's end, at the border of a second. Records past that border, which a
 * later batch fetches again, are given back.
 */
export const stop = (reading: Reading): Reading => {
  const over = overflow(reading);
  const coveredTo = over !== null && over < reading.coveredTo ? over : reading.coveredTo;
  const border = toMs(coveredTo);
  const records = reading.records.filter((record) => toMs(record.last_updated_at) < border);
  const remaining = reading.remaining + reading.records.length - records.length;
  return { ...reading, records, coveredTo, remaining, isDone: true };
};

/** Ends a reading that is over its budget, or whose next page would be. */
export const stopAtBudget = (reading: Reading): Reading => {
  if (reading.bytes > reading.budget) return stop(reading);
  const each = reading.bytes / Math.max(1, reading.records.length);
  const fits = reading.bytes + each * Math.min(SMALLEST_PAGE, reading.pageSize) <= reading.budget;
  return fits || reading.isDone ? reading : stop(reading);
};
