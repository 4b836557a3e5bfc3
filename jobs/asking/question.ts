import { type Indicator, toFilters } from '../indicators.ts';
import { FIELDS } from '../mapping/fields.ts';
import { ALL_CREATION } from '../policy.ts';
import type { Second } from '../time.ts';

/** A question to `GET /api/v2/cases`, as the parameters of its address. */
export type Query = Record<string, string | number | boolean>;

export const FIELD_LIST = FIELDS.join(',');

/** A range of creation time. It has no end if `to` is null. */
export interface Range {
  from: Second;
  to: Second | null;
}

/** What all questions about children of an indicator have in common. */
const ofIndicator = (indicator: Indicator, changedSince: Second | undefined): Query => ({
  ...toFilters(indicator),
  record_state: true,
  ...(changedSince && { last_updated_at: `${changedSince}..` }),
});

/**
 * Children of an indicator who were created in a range, oldest first. The question includes the whole second of both
 * bounds, because versions of Primero differ in what a bound of whole seconds includes.
 */
export const rangeQuery = (
  indicator: Indicator,
  { from, to }: Range,
  changedSince?: Second,
): Query => ({
  created_at: `${from}..${to ?? ''}`,
  ...ofIndicator(indicator, changedSince),
  order_by: 'created_at',
  order: 'asc',
  page: 1,
  fields: FIELD_LIST,
});

/** How many children of an indicator there are: all, or those with a time of creation. */
export const totalQuery = (indicator: Indicator, which: 'all' | 'dated'): Query => ({
  ...(which === 'dated' && { created_at: ALL_CREATION }),
  ...ofIndicator(indicator, undefined),
  per: 1,
  page: 1,
  fields: 'created_at',
});

/** How many children of an indicator were created in a window. Its end is left out, to the millisecond. */
export const windowTotalQuery = (indicator: Indicator, { from, to }: Range): Query => ({
  ...totalQuery(indicator, 'all'),
  created_at: `${from}..${to === null ? '' : new Date(Date.parse(to) - 1).toISOString()}`,
});

/** Time of creation of the child at a position in the order of creation, counted from 1. */
export const placeQuery = (indicator: Indicator, place: number): Query => ({
  ...totalQuery(indicator, 'dated'),
  order_by: 'created_at',
  order: 'asc',
  page: place,
});

/** Children by id, whatever their state. */
export const idsQuery = (ids: readonly string[]): Query => ({
  id: ids.join(','),
  per: ids.length,
  page: 1,
  fields: FIELD_LIST,
});

/** The address of one child, below `/api/v2/`, and its parameters. */
export const caseAddress = (id: string) => ({
  path: `cases/${id}`,
  query: { fields: FIELD_LIST },
});
