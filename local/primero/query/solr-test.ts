import type { FamilyRules } from '../family.ts';
import { placeCodes } from '../gazetteer.ts';
import { NAMES_BY_KIND, SUBFORMS } from '../records/field-names.ts';
import { FIELDS } from '../records/fields.ts';
import { rejected } from './outcome.ts';
import type { Value } from './parse-value.ts';
import { anyOf, between, isBlank, numberOf, type Test, timeOf } from './test.ts';

type Kind = 'number' | 'boolean' | 'date' | 'place' | 'text' | 'none';

const KINDS = new Map<string, Kind>([
  ['age', 'number'],
  ['record_state', 'boolean'],
  ['registration_date', 'date'],
  ['location_current', 'place'],
  // Subforms are not in the index.
  ...['services_section', ...SUBFORMS].map((name) => [name, 'none'] as const),
  ...NAMES_BY_KIND.date.map((name) => [name, 'date'] as const),
]);

const SECOND = 1000;
const VILLAGE = 2;

/** Whether the list of places has a code, or that of the commune in which a village lies. */
const isPlace = (code: string): boolean => {
  const { province, district, commune } = placeCodes();
  return [province, district, commune].some(
    (codes) =>
      codes.includes(code) || (codes === commune && codes.includes(code.slice(0, -VILLAGE))),
  );
};

const textOf = (value: Value): string => {
  if (value.kind === 'number' || value.kind === 'boolean') return String(value.value);
  return 'text' in value ? value.text : '';
};

const rangeTest = (
  kind: Kind,
  { from, to }: Value & { kind: 'range' },
  { openNumbers }: FamilyRules,
): Test => {
  if (from.kind === 'number') {
    if (kind === 'date') return rejected();
    if (to.kind !== 'blank' && to.kind !== 'number') return rejected();
    if (to.kind === 'blank' && !openNumbers) return () => false;
    return anyOf(between(numberOf, from.value, to.kind === 'number' ? to.value : Infinity));
  }
  if (from.kind !== 'day' && from.kind !== 'time') return rejected();
  if (to.kind !== 'blank' && to.kind !== 'day' && to.kind !== 'time') return rejected();
  const second = (time: number) => Math.floor(time / SECOND);
  const last = to.kind === 'blank' ? Infinity : second(to.time);
  return anyOf(between((value) => second(timeOf(value)), second(from.time), last));
};

/**
 * A test of a field's value, as Solr decides it: by the type that the field has in its index.
 * @throws QueryFailure for a value that the type does not take
 */
export const solrTest = (field: string, value: Value, rules: FamilyRules): Test => {
  const kind = KINDS.get(field) ?? (FIELDS.has(field) ? 'text' : 'none');
  if (kind === 'none') return rejected();
  if (value.kind === 'range') return rangeTest(kind, value, rules);
  if (value.kind === 'list') {
    const tests = value.values.map((one) => solrTest(field, one, rules));
    return (v) => tests.some((test) => test(v));
  }
  if (value.kind === 'blank') return isBlank;
  const text = textOf(value);
  if (kind === 'number') {
    // What is no number counts as 0.
    const wanted = Number.parseInt(text, 10) || 0;
    return anyOf((v) => numberOf(v) === wanted);
  }
  if (kind === 'boolean') {
    // Whatever is not `false` counts as true.
    const wanted = text !== 'false';
    const blanks = !wanted && rules.falseFindsNone;
    return anyOf((v) => (isBlank(v) ? blanks : (String(v) !== 'false') === wanted));
  }
  if (kind === 'date') {
    if (value.kind !== 'day' && value.kind !== 'time') return rejected();
    return rangeTest(kind, { kind: 'range', from: value, to: value }, rules);
  }
  if (kind === 'place' && !isPlace(text)) return rejected();
  return anyOf((v) => !isBlank(v) && String(v) === text);
};
