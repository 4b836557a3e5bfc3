import { FULL_FIELDS } from '../../jobs/lib/mapping/fields.ts';
import { type LocationRow, toGazetteer } from '../../jobs/lib/mapping/locations.ts';
import type { Message } from '../../jobs/lib/message.ts';
import { packRecord, unpackRecord } from '../../jobs/lib/pack.ts';
import { pageQuery } from '../../jobs/lib/requests.ts';
import { type BatchRows, toRows } from '../../jobs/lib/rows.ts';
import { firstMessage } from '../../jobs/lib/start.ts';
import { addSeconds, toMs } from '../../jobs/lib/time.ts';
import type { Batch, CaseRecord } from '../../jobs/lib/types.ts';
import type { PrimeroCredential } from '../../local/credentials/schema.ts';
import { askPrimero } from '../servers/primero.ts';

const PER_BATCH = 2500;
const PAGE = 1000;

const fetchRecords = async (primero: PrimeroCredential, count: number): Promise<CaseRecord[]> => {
  const records: CaseRecord[] = [];
  const to = addSeconds(Date.now(), -600);
  for (let page = 1; records.length < count; page += 1) {
    const query = pageQuery('under18', '1970-01-01T00:00:00Z', to, PAGE, page);
    const { data } = await askPrimero(primero, query);
    if (data.length === 0) break;
    for (const each of data as unknown as CaseRecord[])
      records.push(unpackRecord(packRecord(each, FULL_FIELDS), FULL_FIELDS));
  }
  return records.filter(({ enabled }) => enabled).slice(0, count);
};

const toBatches = (records: readonly CaseRecord[]): Batch[] => {
  const message = firstMessage({}, Date.now(), Math.random) as Message;
  return Array.from({ length: Math.ceil(records.length / PER_BATCH) }, (_, index) => {
    const part = records.slice(index * PER_BATCH, (index + 1) * PER_BATCH);
    const from = addSeconds(part[0]!.last_updated_at, 0);
    const coveredTo = addSeconds(part.at(-1)!.last_updated_at, 1);
    const request = { indicator: 'under18' as const, from, to: message.window.to };
    const result = { ...request, records: part, fetched: part.length, remaining: 0, coveredTo };
    return {
      message: { ...message, batch: index + 1 },
      fetchedAt: new Date().toISOString(),
      results: [result],
      expected: null,
    };
  });
};

/** The same record, changed a minute later. */
const changed = (record: CaseRecord): CaseRecord => ({
  ...record,
  age: (Number(record.age) + 1) % 18,
  last_updated_at: new Date(toMs(record.last_updated_at) + 60_000).toISOString(),
});

/** Batches of new cases, and of the same ones, changed. */
export const makeBatches = async (primero: PrimeroCredential, cases: number) => {
  const records = await fetchRecords(primero, cases);
  return { fresh: toBatches(records), changed: toBatches(records.map(changed)) };
};

/** The rows that the jobs make of a batch. */
export const rowsOf = ({ results }: Batch, locations: LocationRow[]): BatchRows =>
  toRows(results, toGazetteer(locations));
