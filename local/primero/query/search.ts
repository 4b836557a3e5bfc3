import { type Family, RULES } from '../family.ts';
import type { OrderLog } from '../order-log.ts';
import { FIELDS } from '../records/fields.ts';
import type { PrimeroStore } from '../store.ts';
import { broken } from './outcome.ts';
import type { Filters } from './read-filters.ts';
import { sortByField } from './sort-by-field.ts';
import { type Sequence, tiePage } from './tie-page.ts';
import { inWindow, type TimeWindow } from './time-window.ts';

export type Page = { per: number; page: number; orderBy: string; order: string };

/** An order of the cases, the window in it that is asked for, and the other order with its window. */
type Walk = {
  log: OrderLog;
  window: TimeWindow | null;
  other: OrderLog;
  otherWindow: TimeWindow | null;
};

const walks = (
  store: PrimeroStore,
  { created, updated }: Filters,
): Record<'created' | 'updated', Walk> => {
  const { search } = store;
  search.refresh();
  return {
    created: { log: search.created, window: created, other: search.updated, otherWindow: updated },
    updated: { log: search.updated, window: updated, other: search.created, otherWindow: created },
  };
};

/** Positions of the log that lie in its window. A window may end before it begins: it holds none. */
const spanOf = (log: OrderLog, window: TimeWindow | null) => {
  const begin = window ? log.firstAt(window.from) : 0;
  const end = window ? log.firstAt(window.before) : log.length;
  return { begin, end: Math.max(begin, end) };
};

/** Whether the case at a position of the log is found. */
const matcher = ({ log, other, otherWindow }: Walk, { table, passes, among }: Filters) => {
  const { packed, index } = log;
  const named = among && new Set(among);
  return (p: number): boolean => {
    if (table[packed[p]!] !== 1) return false;
    const found = index[p]!;
    if (named && !named.has(found)) return false;
    if (otherWindow && !inWindow(other.time[other.positionOf(found)]!, otherWindow)) return false;
    return !passes || passes(found);
  };
};

/** How many cases were created in a window, whatever else they are. */
export const countCreated = (store: PrimeroStore, window: TimeWindow): number => {
  store.search.refresh();
  const { begin, end } = spanOf(store.search.created, window);
  return end - begin;
};

/** How many cases a query finds. A million take about a millisecond. */
export const count = (store: PrimeroStore, filters: Filters): number => {
  const { created, updated } = walks(store, filters);
  const walk = filters.created ? created : updated;
  const { log, window, otherWindow } = walk;
  const { begin, end } = spanOf(log, window);
  const { table, passes, among } = filters;
  let total = 0;
  if (passes || among || otherWindow) {
    const matches = matcher(walk, filters);
    for (let p = begin; p < end; p++) if (matches(p)) total++;
    return total;
  }
  const { packed } = log;
  for (let p = begin; p < end; p++) total += table[packed[p]!]!;
  return total;
};

/** Cases in the order of a time; those in one unit of the family's order are equal. */
const sequence = (walk: Walk, filters: Filters, unit: number): Sequence => {
  const { time, index } = walk.log;
  return {
    ...spanOf(walk.log, walk.window),
    matches: matcher(walk, filters),
    key: unit === 0 ? (p) => time[p]! : (p) => Math.floor(time[p]! / unit),
    index: (p) => index[p]!,
  };
};

const DIRECTIONS = ['asc', 'ascending', 'desc', 'descending'];

/** SQL takes `desc` and reads all else as `asc`; Solr knows four words. */
const isDescending = (order: string, family: Family): boolean => {
  if (RULES[family].engine !== 'solr') return order === 'desc' || order === 'DESC';
  if (!DIRECTIONS.includes(order)) broken(`${order} is no direction`);
  return order.startsWith('desc');
};

/** Indexes of the cases on one page of a query. `seed`: of the order between equal keys. */
export const findPage = (
  store: PrimeroStore,
  filters: Filters,
  { per, page, orderBy, order }: Page,
  family: Family,
  seed: number,
): number[] => {
  const offset = (page - 1) * per;
  if (offset < 0 || per < 0) broken('The page must not be negative');
  const descending = isDescending(order, family);
  const { created, updated } = walks(store, filters);
  const { orderUnit } = RULES[family];
  if (orderBy === 'created_at' || orderBy === 'last_updated_at') {
    const walk = orderBy === 'created_at' ? created : updated;
    return tiePage(sequence(walk, filters, orderUnit), { offset, per, descending }, seed);
  }
  if (RULES[family].engine === 'solr' && !FIELDS.has(orderBy))
    broken(`${orderBy} is not in the index`);
  const { begin, end, matches, index } = sequence(updated, filters, orderUnit);
  const indexes: number[] = [];
  for (let p = begin; p < end; p++) if (matches(p)) indexes.push(index(p));
  const sorted = sortByField(store, indexes, { field: orderBy, descending, family }, seed);
  return sorted.slice(offset, offset + per);
};
