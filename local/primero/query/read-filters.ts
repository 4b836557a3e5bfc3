import { everything, narrow, type Table } from '../packed.ts';
import type { PrimeroStore } from '../store.ts';
import type { Family } from '../store-options.ts';
import { broken } from './outcome.ts';
import { parseValue, type Value } from './parse-value.ts';
import { ALWAYS, type TimeWindow, timeWindow } from './time-window.ts';
import { type Test, valueTest } from './value-test.ts';

/** What a query asks for: a time window, a table of packed values, and a test for the rest. */
export type Filters = {
  window: TimeWindow;
  table: Table;
  passes: ((index: number) => boolean) | null;
};

/** Names in a query that are no filters. */
const NO_FILTERS = ['format', 'page', 'per', 'order', 'order_by', 'fields', 'id_search', 'total'];
const PACKED = ['age', 'type_of_case', 'record_state'];

/** Tables by their filters: the same few are asked for again and again. */
const tables = new WeakMap<PrimeroStore, Map<string, Table>>();

/** A range whose start is neither number nor date is no filter at all for 2.11, an error for 2.9. */
const isMalformed = (value: Value): boolean =>
  value.kind === 'range' && !['number', 'day', 'time'].includes(value.from.kind);

const tableOf = (store: PrimeroStore, key: string, tests: ReadonlyMap<string, Test>): Table => {
  const cache = tables.get(store) ?? new Map<string, Table>();
  tables.set(store, cache);
  const whole = `${key} ${store.types.names.length}`;
  const known = cache.get(whole);
  if (known) return known;
  const table = everything();
  const [age, type, state] = PACKED.map((name) => tests.get(name));
  narrow(
    table,
    (years, number, enabled) =>
      (!age || years === 'odd' || age(years)) &&
      (!type || number === 'odd' || type(store.types.names[number])) &&
      (!state || state(enabled)),
  );
  if (cache.size > 50) cache.clear();
  cache.set(whole, table);
  return table;
};

/**
 * Reads the filters of a query. Names that no field has, or that the user's role may not see, are
 * dropped without a word, as Primero does.
 * @throws QueryFailure for a filter that this family's search does not take
 */
export const readFilters = (
  store: PrimeroStore,
  query: Readonly<Record<string, string>>,
  family: Family,
  isVisible: (field: string) => boolean,
): Filters => {
  let window = ALWAYS;
  const packed = new Map<string, Test>();
  const others: [string, Test][] = [];
  let key = '';
  for (const [name, text] of Object.entries(query)) {
    if (NO_FILTERS.includes(name) || !isVisible(name)) continue;
    const value = parseValue(text);
    if (isMalformed(value)) {
      if (family === '2.9') broken('undefined method for nil');
      continue;
    }
    if (name === 'last_updated_at') {
      window = timeWindow(value, family);
      continue;
    }
    const test = valueTest(name, value, family);
    if (PACKED.includes(name)) {
      packed.set(name, test);
      key += `${name}=${text}&`;
    }
    if (!PACKED.includes(name) || store.hasOdd) others.push([name, test]);
  }
  const passes = (index: number) => others.every(([name, test]) => test(store.field(index, name)));
  return { window, table: tableOf(store, key, packed), passes: others.length > 0 ? passes : null };
};
