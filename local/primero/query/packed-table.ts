import { everything, narrow, type Table } from '../packed.ts';
import type { PrimeroStore } from '../store.ts';
import type { Test } from './test.ts';

/** Fields whose filters are a look into a table. */
export const PACKED: readonly string[] = ['age', 'type_of_case', 'record_state'];

const LARGEST_CACHE = 50;

/** Tables by their filters: the same few are asked for again and again. */
const tables = new WeakMap<PrimeroStore, Map<string, Table>>();

/** The table of tests on packed fields; `key` says what they are. */
export const packedTable = (
  store: PrimeroStore,
  key: string,
  tests: ReadonlyMap<string, Test>,
): Table => {
  const cache = tables.get(store) ?? new Map<string, Table>();
  tables.set(store, cache);
  const whole = `${key} ${store.types.names.length}`;
  const known = cache.get(whole);
  if (known) return known;
  const table = everything();
  const [age, type, state] = PACKED.map((name) => tests.get(name));
  // A case that is not enabled is disabled or has no state.
  const hasState = (enabled: boolean) => !state || state(enabled) || (!enabled && state(undefined));
  narrow(
    table,
    (years, number, enabled) =>
      (!age || years === 'odd' || age(years)) &&
      (!type || number === 'odd' || type(store.types.names[number])) &&
      hasState(enabled),
  );
  if (cache.size > LARGEST_CACHE) cache.clear();
  cache.set(whole, table);
  return table;
};
