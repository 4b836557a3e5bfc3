import { packRecord, unpackRecord } from '../../jobs/lib/pack.ts';
import type { CaseRecord } from '../../jobs/lib/types.ts';

/** A record as upsert-cases gets it: cut to `fields`, and its services to what the mapping reads of one. */
export const cut = (record: CaseRecord, fields: readonly string[]): CaseRecord =>
  unpackRecord(packRecord(record, fields), fields);
