import { FILTERS, type Indicator } from '../indicators.ts';
import { changedQuery, everywhereQuery, fieldsOf, pageQuery, type Query } from '../requests.ts';
import { START_OF_RECORDS, TYPICAL_RECORD_BYTES } from '../settings.ts';
import type { Second } from '../time.ts';
import type { CaseRecord } from '../types.ts';

/** What a reading reads: how to ask for it, and how to know that what comes is what was asked for. */
export interface Source {
  query(from: Second, to: Second, per: number, page: number): Query;
  /** Asks for a count of far more than the window, where the window seems empty. */
  everywhere: Query;
  /** The field of the filter, and whether a record satisfies it; null where there is no filter. */
  filter: { field: string; matches(record: CaseRecord): boolean } | null;
  /** What is kept of a record beside its id and time. */
  fields: readonly string[];
  typicalBytes: number;
}

/** The records of an indicator. */
export const indicatorSource = (indicator: Indicator): Source => {
  const fields = fieldsOf(indicator);
  return {
    query: (...range) => pageQuery(indicator, ...range),
    everywhere: everywhereQuery(indicator),
    filter: FILTERS[indicator],
    fields,
    typicalBytes: TYPICAL_RECORD_BYTES[indicator === 'leavers' ? 'minimal' : 'full'],
  };
};

/**
 * The ids of all records, whatever their type or age. Where none has changed, the same search must find those that
 * were there before: one that fails looks just like it, and what has changed would be taken for surplus.
 * @param to end of the ranges that are read
 */
export const changedSource = (to: Second): Source => ({
  query: changedQuery,
  everywhere: changedQuery(START_OF_RECORDS, to, 1, 1),
  filter: null,
  fields: [],
  typicalBytes: TYPICAL_RECORD_BYTES.minimal,
});
