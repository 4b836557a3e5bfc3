import { FILTERS, type Indicator } from './indicators.ts';
import { FULL_FIELDS, MINIMAL_FIELDS } from './mapping/fields.ts';
import type { Second } from './time.ts';

/** Query of `GET /api/v2/cases`, as the primero adaptor's `getCases` takes it. */
export type Query = Record<string, string | number | boolean>;

/**
 * Seconds `from` to `to`, both whole. The end carries its last millisecond: Primero up to 2.9 compares
 * milliseconds, and would leave out what changed within that second; 2.10 and later cut it off again.
 */
const range = (from: Second, to: Second): string => `${from}..${to.replace('Z', '.999Z')}`;

const oldestFirst = { order_by: 'last_updated_at', order: 'asc' };

/** Leavers are known by their age and type alone; the others are loaded whole. */
export const fieldsOf = (indicator: Indicator): readonly string[] =>
  indicator === 'leavers' ? MINIMAL_FIELDS : FULL_FIELDS;

/** One page of an indicator's records that were last updated in `from` to `to`, oldest first. */
export const pageQuery = (
  indicator: Indicator,
  from: Second,
  to: Second,
  per: number,
  page: number,
): Query => ({
  [FILTERS[indicator].field]: FILTERS[indicator].value,
  last_updated_at: range(from, to),
  ...oldestFirst,
  per,
  page,
  fields: fieldsOf(indicator).join(','),
});

/** How many cases of an indicator there are at any time: asked where a window seems empty. */
export const everywhereQuery = (indicator: Indicator): Query => ({
  [FILTERS[indicator].field]: FILTERS[indicator].value,
  per: 1,
  page: 1,
  fields: 'id',
});

/** How many enabled cases of an indicator were last updated in `from` to `to`. */
export const totalQuery = (indicator: Indicator, from: Second, to: Second): Query => ({
  ...everywhereQuery(indicator),
  record_state: true,
  last_updated_at: range(from, to),
});

/** A page of the ids of all records, whatever their type or age, updated in `from` to `to`. */
export const changedQuery = (from: Second, to: Second, per: number, page: number): Query => ({
  last_updated_at: range(from, to),
  ...oldestFirst,
  per,
  page,
  fields: 'id',
});
