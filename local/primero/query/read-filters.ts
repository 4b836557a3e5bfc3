import { type Family, type FamilyRules, RULES } from '../family.ts';
import type { Table } from '../packed.ts';
import type { Role } from '../role.ts';
import type { PrimeroStore } from '../store.ts';
import { casesById } from './by-id.ts';
import { broken } from './outcome.ts';
import { PACKED, packedTable } from './packed-table.ts';
import { parseValue, type Value } from './parse-value.ts';
import { solrTest } from './solr-test.ts';
import { sqlTest } from './sql-test.ts';
import type { Test } from './test.ts';
import { inWindow, type TimeWindow, timeWindow } from './time-window.ts';

/** Whether a case passes; `index` is the case's. */
export type CaseTest = (index: number) => boolean;

/** What a query asks for. A case must pass all of it. */
export type Filters = {
  created: TimeWindow | null;
  updated: TimeWindow | null;
  table: Table;
  passes: CaseTest | null;
  /** Only these cases, by `id=`. */
  among: readonly number[] | null;
  /** Fields that the search was asked for, each with what was said. */
  asked: readonly (readonly [field: string, value: Value])[];
};

/** Names in a query that are no filters. */
const NO_FILTERS = ['format', 'page', 'per', 'order', 'order_by', 'fields', 'id_search', 'total'];
const NOT = /^not\[(.+)\]$/;

const isTime = (field: string): field is 'created_at' | 'last_updated_at' =>
  field === 'created_at' || field === 'last_updated_at';

const valueTest = (field: string, value: Value, rules: FamilyRules): Test =>
  rules.engine === 'solr' ? solrTest(field, value, rules) : sqlTest(field, value, rules);

/** A range whose start is neither number nor date. */
const hasNoStart = (value: Value): boolean =>
  value.kind === 'range' && !['number', 'day', 'time'].includes(value.from.kind);

const caseTest = (
  store: PrimeroStore,
  field: string,
  value: Value,
  rules: FamilyRules,
): CaseTest => {
  if (!isTime(field)) {
    const test = valueTest(field, value, rules);
    return (index) => test(store.field(index, field));
  }
  const values = value.kind === 'list' ? value.values : [value];
  const windows = values.map((one) => timeWindow(field, one, rules));
  const { createdAt, updatedAt } = store.columns;
  const times = field === 'created_at' ? createdAt : updatedAt;
  return (index) => windows.some((window) => inWindow(times[index]!, window));
};

/** What `not[field]=` leaves. */
const notTest = (
  store: PrimeroStore,
  field: string,
  value: Value,
  rules: FamilyRules,
): CaseTest => {
  if (value.kind === 'range' && rules.notRange === 'error') return broken('No range can be denied');
  if (hasNoStart(value)) return broken('There is nothing to deny');
  if (value.kind === 'range' && rules.notRange === 'nothing') return () => false;
  const test = caseTest(store, field, value, rules);
  return (index) => !test(index);
};

/**
 * Reads the filters of a query. Names that `isVisible` does not know are dropped without a word, as
 * Primero does.
 * @throws QueryFailure for a filter that this family's search does not take
 */
export const readFilters = (
  store: PrimeroStore,
  query: Readonly<Record<string, string>>,
  family: Family,
  isVisible: (field: string) => boolean,
  sees?: Role['sees'],
): Filters => {
  const rules = RULES[family];
  const windows = { created_at: null, last_updated_at: null } as Record<string, TimeWindow | null>;
  const packed = new Map<string, Test>();
  const others: CaseTest[] = sees ? [(index) => sees(store.facts(index))] : [];
  const asked: [string, Value][] = [];
  let among: number[] | null = null;
  let key = '';
  for (const [name, text] of Object.entries(query)) {
    if (NO_FILTERS.includes(name)) continue;
    const denied = NOT.exec(name)?.[1];
    const field = denied ?? name;
    if (!isVisible(field)) continue;
    const value = parseValue(text);
    if (name === 'id') among = casesById(store, text, rules);
    else if (denied) others.push(notTest(store, field, value, rules));
    else if (value.kind === 'list' && value.values.some(({ kind }) => kind === 'range'))
      broken('A list cannot hold a range');
    else if (hasNoStart(value)) {
      if (rules.noStart === 'error') broken('A range needs a start');
      continue;
    } else if (isTime(field) && value.kind !== 'list')
      windows[field] = timeWindow(field, value, rules);
    else if (PACKED.includes(field)) {
      const test = valueTest(field, value, rules);
      packed.set(field, test);
      key += `${field}=${text}&`;
      if (store.hasOdd) others.push((index) => test(store.field(index, field)));
    } else others.push(caseTest(store, field, value, rules));
    asked.push([field, value]);
  }
  const { created_at: created = null, last_updated_at: updated = null } = windows;
  // The index has such a case at 1970, where it is in no range.
  if (created && inWindow(0, created))
    others.push((index) => !Number.isNaN(store.columns.createdAt[index]));
  return {
    created,
    updated,
    table: packedTable(store, key, packed),
    passes: others.length > 0 ? (index) => others.every((test) => test(index)) : null,
    among,
    asked,
  };
};
