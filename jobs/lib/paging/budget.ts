import { packRecord } from '../pack.ts';
import { SMALLEST_PAGE } from '../settings.ts';
import { type Second, toMs, toSecond } from '../time.ts';
import type { CaseRecord } from '../types.ts';
import type { Reading } from './reading.ts';
import type { Source } from './source.ts';

/** The records that still fit, by the bytes that those so far took. */
export const pageSizeFor = ({ records, bytes, budget, pageSize, source }: Reading): number => {
  const each = records.length > 0 ? bytes / records.length : source.typicalBytes;
  return Math.max(
    1,
    Math.min(pageSize, Math.max(SMALLEST_PAGE, Math.floor((budget - bytes) / each))),
  );
};

/** Bytes of a record in state, with the comma after it. */
const bytesOf = (record: CaseRecord, { fields }: Source): number =>
  Buffer.byteLength(JSON.stringify(packRecord(record, fields))) + 1;

/** The second of a record, in ms since 1970: compared for each record, so it must cost little. */
const secondOf = ({ last_updated_at }: CaseRecord): number => {
  const time = toMs(last_updated_at);
  return time - (time % 1000);
};

/** Adds records. One that comes again as it was is dropped; where it is newer, the older one is. */
export const add = (reading: Reading, added: readonly CaseRecord[]): Reading => {
  const newest = new Map<string, { record: CaseRecord; size: number }>();
  reading.records.forEach((record, index) => {
    newest.set(record.id, { record, size: reading.sizes[index]! });
  });
  for (const record of added) {
    const known = newest.get(record.id)?.record;
    if (known && toMs(known.last_updated_at) >= toMs(record.last_updated_at)) continue;
    newest.delete(record.id);
    newest.set(record.id, { record, size: bytesOf(record, reading.source) });
  }
  const entries = [...newest.values()];
  return {
    ...reading,
    records: entries.map(({ record }) => record),
    sizes: entries.map(({ size }) => size),
    bytes: entries.reduce((sum, { size }) => sum + size, 0),
  };
};

/** The first second of which not all records fit; the first second of all always fits. */
const overflow = ({ records, sizes, budget }: Reading): Second | null => {
  let bytes = 0;
  const over = records.find((record, index) => {
    bytes += sizes[index]!;
    return bytes > budget && secondOf(record) !== secondOf(records[0]!);
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
