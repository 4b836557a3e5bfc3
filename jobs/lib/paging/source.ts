import { FILTERS, type Indicator } from '../indicators.ts';
import { project } from '../mapping/fields.ts';
import { changedQuery, everywhereQuery, fieldsOf, pageQuery, type Query } from '../requests.ts';
import { TYPICAL_RECORD_BYTES } from '../settings.ts';
import type { Second } from '../time.ts';
import type { CaseRecord } from '../types.ts';

/** What a reading reads: how to ask for it, and how to know that what comes is what was asked for. */
export interface Source {
  query(from: Second, to: Second, per: number, page: number): Query;
  /** Asks for a count without a time window, where the window seems empty. */
  everywhere: Query | null;
  /** The field of the filter, and whether a record satisfies it; null where there is no filter. */
  filter: { field: string; matches(record: CaseRecord): boolean } | null;
  /** The record, cut to what is kept of it. */
  keep(record: CaseRecord): CaseRecord;
  typicalBytes: number;
}

/** The records of an indicator. */
export const indicatorSource = (indicator: Indicator): Source => {
  const fields = fieldsOf(indicator);
  return {
    query: (...range) => pageQuery(indicator, ...range),
    everywhere: everywhereQuery(indicator),
    filter: FILTERS[indicator],
    keep: (record) => project(record, fields),
    typicalBytes: TYPICAL_RECORD_BYTES[indicator === 'leavers' ? 'minimal' : 'full'],
  };
};

/** The ids of all records, whatever their type or age. */
export const changedSource: Source = {
  query: changedQuery,
  everywhere: null,
  filter: null,
  keep: (record) => project(record, []),
  typicalBytes: TYPICAL_RECORD_BYTES.minimal,
};
