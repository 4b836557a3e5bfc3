import codes from '#config/codes.json' with { type: 'json' };
import { CASES, type MappedColumn, SERVICES, SERVICES_FIELD } from '../../jobs/mapping/fields.ts';
import { toList } from '../../jobs/mapping/values.ts';
import type { CaseRecord } from '../../jobs/record.ts';
import { plural } from '../words.ts';
import { about, type Line, some } from './line.ts';

/** How many cases have each code that has no label, by column of ONA. */
export type Unlabelled = Map<string, Map<string, number>>;

const LABELS: Record<string, Record<string, string>> = codes;

const isCoded = ({ kind }: MappedColumn) => kind === 'label' || kind === 'labels';

/** Columns that hold labels, by table. */
export const CODED = { cases: CASES.filter(isCoded), services: SERVICES.filter(isCoded) };

/** Counts one case for each of some codes. */
const count = (found: Unlabelled, column: string, values: Iterable<string>, cases = 1): void => {
  const counts = found.get(column) ?? new Map<string, number>();
  for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + cases);
  if (counts.size > 0) found.set(column, counts);
};

/** Codes of a field's value that have no label. */
const unlabelled = (field: string, value: unknown): string[] =>
  toList(value).filter(
    (code): code is string => typeof code === 'string' && !(code in LABELS[field]!),
  );

/** Codes without a label in records as Primero sends them. A record that came twice counts once. */
export const codesInRecords = (records: readonly CaseRecord[]): Unlabelled => {
  const found: Unlabelled = new Map();
  for (const record of new Map(records.map((each) => [each.id, each])).values()) {
    for (const { column, field } of CODED.cases)
      if (field) count(found, column, unlabelled(field, record[field]));
    const entries = record[SERVICES_FIELD];
    const services = (Array.isArray(entries) ? entries : []).map(Object);
    for (const { column, field } of CODED.services)
      if (field)
        count(
          found,
          column,
          services.flatMap((each) => unlabelled(field, each[field])),
        );
  }
  return found;
};

/** Codes without a label among the values that ONA holds: a code that has none is stored as it came. */
export const codesInRows = (
  rows: readonly { column: string; value: string; cases: number }[],
): Unlabelled => {
  const fieldOf = new Map(
    [...CODED.cases, ...CODED.services].map(({ column, field }) => [column, field]),
  );
  const found: Unlabelled = new Map();
  for (const { column, value, cases } of rows) {
    const labels = Object.values(LABELS[fieldOf.get(column) ?? ''] ?? {});
    if (!labels.includes(value)) count(found, column, [value], cases);
  }
  return found;
};

/**
 * A line for each column that has codes without a label.
 * @param where the codes were found, such as `ONA`
 */
export const codeLines = (found: Unlabelled, where: string): Line[] => {
  const line = about(`codes in ${where}`);
  if (found.size === 0) return [line.ok('each has a label')];
  return [...found].map(([column, counts]) => {
    const named = [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([code, cases]) => `${code} (${plural(cases, 'case', 'cases')})`);
    return about(`codes in ${where}, ${column}`).warning(
      `${counts.size} without a label: ${some(named)}`,
      'They are shown as they are. Add them to config/codes.json, then build, deploy and sync.',
    );
  });
};
