import codes from '#config/codes.json' with { type: 'json' };
import { CASE_COLUMNS, type Column, SERVICE_COLUMNS } from '../../jobs/mapping/columns.ts';
import { SERVICES_FIELD } from '../../jobs/mapping/fields.ts';
import { Reject } from '../../jobs/mapping/reject.ts';
import { sameLabel, textIn } from './labels.ts';
import type { Entry, Finding, Option, Vocabulary } from './types.ts';
import { findField, optionsOf } from './vocabulary.ts';

/** Columns that the mapping makes from a field with another meaning: the field's label would mislead. */
const DERIVED = /^(case_source|(province|district)_)/;

const NO_PLACES = { districts: new Map(), provinces: new Map(), found: new Map() };

/** Mapped columns with a field that people see, and the subform that it is in. */
const COLUMNS: readonly { column: Column; subform: string | null }[] = [
  ...CASE_COLUMNS.filter(({ name }) => !DERIVED.test(name)).map((column) => ({
    column,
    subform: null,
  })),
  ...SERVICE_COLUMNS.filter(({ name }) => name !== 'unique_id').map((column) => ({
    column,
    subform: SERVICES_FIELD,
  })),
];

/** What the mapping makes of an option's code; null if it does not accept it. */
const storedFor = (column: Column, code: string): { value: string; isMapped: boolean } | null => {
  let isMapped = true;
  const onUnmapped = () => {
    isMapped = false;
  };
  try {
    const value = column.map(code, { gazetteer: NO_PLACES, onUnmapped }, column);
    return typeof value === 'string' ? { value, isMapped } : null;
  } catch (error) {
    if (error instanceof Reject) return null;
    throw error;
  }
};

/** The mapping's own labels of a field's options, by code; none for fields that are stored as words. */
const mappedLabels = (field: string): Record<string, string> =>
  (codes as Record<string, Record<string, string>>)[field] ?? {};

type Found = { entries: Entry[]; findings: Finding[] };

const differenceOf = (
  labels: Record<string, string>,
  { code, stored, primero }: { code: string; stored: string; primero: string | null },
): 'DIFFERS' | 'REUSED' | null => {
  if (!(code in labels) || primero === null || sameLabel(primero, stored)) return null;
  const others = Object.entries(labels).filter(([other]) => other !== code);
  return others.some(([, label]) => sameLabel(label, primero)) ? 'REUSED' : 'DIFFERS';
};

const readOptions = (column: Column, options: readonly Option[]): Found => {
  const labels = mappedLabels(column.field);
  const byValue = new Map<string, Entry>();
  const findings: Finding[] = [];
  const seen = new Set<string>();
  // If two options have the same stored value, the one in use gives the label.
  const ordered = [...options].sort(
    (a, b) => Number(a.disabled === true) - Number(b.disabled === true),
  );
  for (const { id, display_text } of ordered) {
    if (typeof id !== 'string' || id === '' || seen.has(id)) continue;
    seen.add(id);
    const stored = storedFor(column, id);
    if (!stored) continue;
    const primero = textIn(display_text, 'en');
    const note = (kind: Finding['kind']) =>
      findings.push({ kind, column: column.name, code: id, stored: stored.value, primero });
    if (!stored.isMapped) note('UNMAPPED');
    const difference = differenceOf(labels, { code: id, stored: stored.value, primero });
    if (difference) note(difference);
    if (byValue.has(stored.value)) note('MERGED');
    else
      byValue.set(stored.value, {
        column_name: column.name,
        value: stored.value,
        label_en: primero ?? stored.value,
        label_km: textIn(display_text, 'km'),
        code: id,
        source: 'primero',
      });
  }
  for (const [code, stored] of Object.entries(labels)) {
    if (seen.has(code)) continue;
    findings.push({ kind: 'GONE', column: column.name, code, stored, primero: null });
    if (byValue.has(stored)) continue;
    byValue.set(stored, {
      column_name: column.name,
      value: stored,
      label_en: stored,
      label_km: null,
      code,
      source: 'sync',
    });
  }
  return { entries: [...byValue.values()], findings };
};

/**
 * What `data_dictionary` should hold: labels of the mapped columns and of their values, as Primero says them.
 * `value` is what `cases` or `services` hold. For an option that the mapping does not know that is its code. One
 * that Primero no longer has keeps the mapping's label, as old cases may hold it.
 *
 * Where Primero's label of a code differs from the mapping's, `cases` keep the mapping's, the dictionary shows
 * Primero's, and a finding says so.
 */
export const toEntries = ({ forms, lookups }: Vocabulary): Found => {
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  for (const { column, subform } of COLUMNS) {
    const field = findField(forms, column.field, subform);
    const about = { column: column.name, code: column.field, stored: null, primero: null };
    if (!field) findings.push({ kind: 'NO_FIELD', ...about });
    const label_en = textIn(field?.display_name, 'en');
    if (label_en !== null) {
      const label_km = textIn(field?.display_name, 'km');
      const code = column.field;
      entries.push({
        column_name: column.name,
        value: '',
        label_en,
        label_km,
        code,
        source: 'primero',
      });
    }
    const options = field ? optionsOf(field, lookups) : [];
    if (options === null) findings.push({ kind: 'NO_OPTIONS', ...about });
    // If its list is missing, no option can be said to be gone.
    if (!options || options.length === 0) continue;
    const found = readOptions(column, options);
    entries.push(...found.entries);
    findings.push(...found.findings);
  }
  return { entries, findings };
};
