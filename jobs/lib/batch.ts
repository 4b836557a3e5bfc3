import type { Request } from './message.ts';
import type { PackedRecord } from './pack.ts';
import type { Reading } from './paging/reading.ts';
import { toMs } from './time.ts';
import type { Batch, RequestResult } from './types.ts';

const isNewer = (a: PackedRecord, b: PackedRecord): boolean =>
  toMs(a.last_updated_at) > toMs(b.last_updated_at);

/**
 * The results of a batch's requests. A child that several requests brought is kept once: in the first of
 * them, or in a later one that brought a newer record. What leavers bring of a child is less than what the
 * others do, and they come last.
 */
export const collect = (
  requests: Request[],
  readings: readonly Reading[],
): RequestResult<PackedRecord>[] => {
  const newest = new Map<string, PackedRecord>();
  for (const { records } of readings) {
    for (const record of records) {
      const known = newest.get(record.id);
      if (!known || isNewer(record, known)) newest.set(record.id, record);
    }
  }
  return readings.map(({ records, moved, coveredTo, remaining, everywhere }, index) => ({
    ...requests[index]!,
    records: records.filter((record) => newest.get(record.id) === record),
    fetched: records.length,
    remaining,
    coveredTo,
    ...(everywhere !== null && { everywhere }),
    ...(requests[index]!.reconcile && { moved: [...moved] }),
  }));
};

/** Whether the batch leaves nothing of its window to fetch, as far as its message knows. */
export const isReadToTheEnd = ({ message, results }: Batch<PackedRecord>): boolean =>
  results.every(({ to, coveredTo }) => to === message.window.to && coveredTo > to);
