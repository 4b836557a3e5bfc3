import type { Family } from '../store-options.ts';
import { broken, rejected } from './outcome.ts';
import type { Value } from './parse-value.ts';

/** How family 2.11 keeps a field: in a typed column for searching, or in the record's JSON. */
type Kept = 'integer' | 'boolean' | 'time' | 'text' | 'json';

const COLUMNS: Record<string, Kept> = {
  age: 'integer',
  record_state: 'boolean',
  consent_reporting: 'boolean',
  created_at: 'time',
  registration_date: 'time',
  date_closure: 'time',
  location_current: 'text',
  name: 'text',
  status: 'text',
  workflow: 'text',
  risk_level: 'text',
  module_id: 'text',
  owned_by: 'text',
  owned_by_agency_id: 'text',
  owned_by_location: 'text',
  last_updated_by: 'text',
  client_code: 'text',
};

export type Test = (value: unknown) => boolean;

const blank: Test = (value) => value === undefined || value === null;
const anyOf =
  (test: Test): Test =>
  (value) =>
    Array.isArray(value) ? value.some(test) : test(value);

const timeOf = (value: unknown): number =>
  typeof value === 'string' ? Date.parse(value.replaceAll('/', '-')) : Number.NaN;

const between =
  (read: (value: unknown) => number, from: number, to: number): Test =>
  (value) =>
    read(value) >= from && read(value) <= to;

const asNumber = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' ? Number.parseInt(value, 10) : NaN;
const exactNumber = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/** Whether a value of a column of this type can be asked for so, in SQL. */
const fits = (kept: Kept, kind: Value['kind']): boolean =>
  ({
    integer: kind === 'number',
    boolean: kind === 'boolean',
    time: kind === 'day' || kind === 'time',
    text: kind !== 'number' && kind !== 'boolean',
    json: kind !== 'day' && kind !== 'time',
  })[kept];

const isBoolean = (wanted: boolean, kept: Kept, family: Family): Test => {
  const said: Test = (value) => value === wanted || value === String(wanted);
  // In the JSON of family 2.11, a blank is as good as false.
  if (wanted || kept !== 'json' || family === '2.9') return said;
  return (value) => blank(value) || said(value);
};

const rangeTest = (
  field: string,
  { from, to }: Value & { kind: 'range' },
  family: Family,
): Test => {
  const kept = family === '2.11' ? (COLUMNS[field] ?? 'json') : 'json';
  if (from.kind === 'number') {
    if (to.kind !== 'blank' && to.kind !== 'number') return rejected();
    if (kept === 'text' || kept === 'boolean' || kept === 'time') return rejected();
    const read = family === '2.11' && kept === 'json' ? exactNumber : asNumber;
    return anyOf(between(read, from.value, to.kind === 'number' ? to.value : Infinity));
  }
  if (from.kind !== 'day' && from.kind !== 'time') return broken('No such range');
  if (to.kind !== 'blank' && to.kind !== 'day' && to.kind !== 'time') return broken('No such date');
  const last = to.kind === 'blank' ? Infinity : to.time;
  if (family === '2.9' || kept === 'time') return anyOf(between(timeOf, from.time, last));
  if (kept !== 'json') return rejected();
  const unit = from.kind === 'day' ? 86_400_000 : 1000;
  const cut = (time: number) => Math.floor(time / unit);
  return anyOf((value) => between((v) => cut(timeOf(v)), cut(from.time), cut(last))(value));
};

/**
 * A test of a field's value, as the search of a family would decide it.
 * @throws QueryFailure for what that family's search does not take
 */
export const valueTest = (field: string, value: Value, family: Family): Test => {
  if (value.kind === 'range') return rangeTest(field, value, family);
  if (value.kind === 'list') {
    const tests = value.values.map((one) => valueTest(field, one, family));
    return (v) => tests.some((test) => test(v));
  }
  if (value.kind === 'blank') return family === '2.9' ? blank : () => false;
  const kept = family === '2.11' ? (COLUMNS[field] ?? 'json') : 'json';
  if (family === '2.11' && !fits(kept, value.kind)) return rejected();
  if (value.kind === 'boolean') return anyOf(isBoolean(value.value, kept, family));
  if (value.kind === 'number') {
    if (family === '2.11' && kept === 'json') return anyOf((v) => v === value.value);
    return anyOf((v) => asNumber(v) === value.value);
  }
  if (value.kind === 'text') return anyOf((v) => String(v ?? '') === value.text);
  return anyOf((v) => timeOf(v) === value.time || v === value.text);
};
