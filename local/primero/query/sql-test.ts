import type { FamilyRules } from '../family.ts';
import { broken, rejected } from './outcome.ts';
import type { Value } from './parse-value.ts';
import { anyOf, between, isBlank, numberOf, type Test, timeOf } from './test.ts';

/** How a field is kept for searching: in a column of a type, or in the record's JSON alone. */
type Kept = 'integer' | 'boolean' | 'time' | 'text' | 'json';

const COLUMNS = new Map<string, Kept>([
  ['age', 'integer'],
  ['record_state', 'boolean'],
  ['consent_reporting', 'boolean'],
  ['registration_date', 'time'],
  ['date_closure', 'time'],
  ...[
    ...['location_current', 'name', 'status', 'workflow', 'risk_level', 'module_id', 'owned_by'],
    ...['owned_by_agency_id', 'owned_by_location', 'last_updated_by', 'client_code'],
  ].map((name) => [name, 'text'] as const),
]);

const DAY = 86_400_000;
const SECOND = 1000;

/** JSON compares numbers with numbers only. */
const exactNumber = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/** Whether a field that is kept so can be asked for a value of this kind. */
const fits = (kept: Kept, kind: Value['kind']): boolean =>
  ({
    integer: kind === 'number',
    boolean: kind === 'boolean',
    time: kind === 'day' || kind === 'time',
    text: kind !== 'number' && kind !== 'boolean',
    json: kind !== 'day' && kind !== 'time',
  })[kept];

const numberRange = (
  kept: Kept,
  { from, to }: { from: number; to: Value },
  { openNumbers }: FamilyRules,
): Test => {
  if (to.kind !== 'blank' && to.kind !== 'number') return rejected();
  if (kept !== 'json' && kept !== 'integer') return rejected();
  if (to.kind === 'blank' && !openNumbers) return () => false;
  const read = kept === 'json' ? exactNumber : numberOf;
  return anyOf(between(read, from, to.kind === 'number' ? to.value : Infinity));
};

const rangeTest = (
  kept: Kept,
  { from, to }: Value & { kind: 'range' },
  rules: FamilyRules,
): Test => {
  if (from.kind === 'number') return numberRange(kept, { from: from.value, to }, rules);
  if (from.kind !== 'day' && from.kind !== 'time') return broken('No such range');
  if (kept !== 'json' && kept !== 'time') return rejected();
  if (to.kind !== 'blank' && to.kind !== 'day' && to.kind !== 'time')
    return kept === 'time' ? rejected() : broken('No such date');
  const last = to.kind === 'blank' ? Infinity : to.time;
  if (kept === 'time') return anyOf(between(timeOf, from.time, last));
  const unit = from.kind === 'day' ? DAY : SECOND;
  const cut = (time: number) => Math.floor(time / unit);
  return anyOf(between((value) => cut(timeOf(value)), cut(from.time), cut(last)));
};

const isBoolean =
  (wanted: boolean): Test =>
  (value) =>
    value === wanted || value === String(wanted);

/** A test of one value, not of a range. */
const oneTest = (kept: Kept, value: Value): Test => {
  if (value.kind === 'blank') return () => false;
  if (!fits(kept, value.kind)) return rejected();
  if (value.kind === 'boolean') return anyOf(isBoolean(value.value));
  if (value.kind === 'number') {
    const read = kept === 'json' ? exactNumber : numberOf;
    return anyOf((v) => read(v) === value.value);
  }
  if (value.kind === 'text') return anyOf((v) => !isBlank(v) && String(v) === value.text);
  if (value.kind === 'day' || value.kind === 'time') return anyOf((v) => timeOf(v) === value.time);
  return rejected();
};

/**
 * A test of a field's value, as SQL decides it.
 * @throws QueryFailure for what the family's search does not take
 */
export const sqlTest = (field: string, value: Value, rules: FamilyRules): Test => {
  const kept = rules.engine === 'columns' ? (COLUMNS.get(field) ?? 'json') : 'json';
  if (value.kind === 'range') return rangeTest(kept, value, rules);
  if (value.kind === 'list') {
    const tests = value.values.map((one) => oneTest(kept, one));
    return (v) => tests.some((test) => test(v));
  }
  const test = oneTest(kept, value);
  // In JSON a blank is as good as false; for the state it depends on the family.
  const blankIsFalse = field === 'record_state' ? rules.falseFindsNone : kept === 'json';
  const isFalse = value.kind === 'boolean' && !value.value;
  return isFalse && blankIsFalse ? (v) => isBlank(v) || test(v) : test;
};
