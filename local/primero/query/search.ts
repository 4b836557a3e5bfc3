import type { PrimeroStore } from '../store.ts';
import type { Family } from '../store-options.ts';
import { broken } from './outcome.ts';
import type { Filters } from './read-filters.ts';
import { sortByField } from './sort-by-field.ts';
import { type Sequence, tiePage } from './tie-page.ts';

export type Page = { per: number; page: number; orderBy: string; order: string };

/** The part of the search log that a query's time window leaves. */
const span = (store: PrimeroStore, { window }: Filters) => {
  const log = store.search.refresh();
  const begin = log.firstAt(window.from);
  // A window may end before it begins: it holds nothing.
  return { log, begin, end: Math.max(begin, log.firstAt(window.to + 1)) };
};

/** How many cases a query finds. A million take about a millisecond. */
export const count = (store: PrimeroStore, filters: Filters): number => {
  const { log, begin, end } = span(store, filters);
  const { packed, index } = log;
  const { table, passes } = filters;
  let total = 0;
  if (!passes) for (let p = begin; p < end; p++) total += table[packed[p]!]!;
  else for (let p = begin; p < end; p++) if (table[packed[p]!] && passes(index[p]!)) total++;
  return total;
};

const byUpdate = (store: PrimeroStore, filters: Filters): Sequence => {
  const { log, begin, end } = span(store, filters);
  const { packed, index, time } = log;
  const { table, passes } = filters;
  return {
    begin,
    end,
    matches: (p) => table[packed[p]!] === 1 && (!passes || passes(index[p]!)),
    key: (p) => time[p]!,
    index: (p) => index[p]!,
  };
};

const byCreation = (store: PrimeroStore, filters: Filters): Sequence => {
  const found = byUpdate(store, filters);
  const { log, begin, end } = span(store, filters);
  const order = store.byCreation.get();
  const { createdAt } = store.columns;
  return {
    begin: 0,
    end: order.length,
    matches: (p) => {
      const position = log.positionOf(order[p]!);
      return position >= begin && position < end && found.matches(position);
    },
    key: (p) => createdAt[order[p]!]!,
    index: (p) => order[p]!,
  };
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
  if (offset < 0 || per < 0) broken('OFFSET must not be negative');
  const descending = order.toLowerCase() === 'desc';
  if (orderBy === 'last_updated_at')
    return tiePage(byUpdate(store, filters), { offset, per, descending }, seed);
  if (orderBy === 'created_at')
    return tiePage(byCreation(store, filters), { offset, per, descending }, seed);
  const { begin, end, matches, index } = byUpdate(store, filters);
  const indexes: number[] = [];
  for (let p = begin; p < end; p++) if (matches(p)) indexes.push(index(p));
  const sorted = sortByField(store, indexes, { field: orderBy, descending, family }, seed);
  return sorted.slice(offset, offset + per);
};
