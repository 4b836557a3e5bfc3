import codes from '#config/codes.json';
import { toList, toText } from './values.ts';

/** Called with the name of the field for a code that has no label. */
export type OnUnmapped = (field: string) => void;

/** Labels by code, for each of Primero's fields. */
const LABELS = new Map(
  Object.entries(codes).map(([field, labels]) => [field, new Map(Object.entries(labels))]),
);

/**
 * The label of a code. A code without a label is stored as it is and counted: it is never dropped or left blank.
 * @example <caption>A code with a label, and one without</caption>
 * toLabel('sex', 'female', count)  // 'Female'
 * toLabel('sex', 'unknown', count) // 'unknown', and count('sex') was called
 */
export const toLabel = (field: string, value: unknown, onUnmapped: OnUnmapped): string | null => {
  const labels = LABELS.get(field)!;
  const known = labels.get(value as string);
  if (known !== undefined) return known;
  const code = toText(value);
  if (code === null) return null;
  const label = labels.get(code);
  if (label === undefined) onUnmapped(field);
  return label ?? code;
};

/** The labels of a list of codes, joined with `, `; null when there are none. */
export const toLabels = (field: string, value: unknown, onUnmapped: OnUnmapped): string | null => {
  const labels = toList(value).map((code) => toLabel(field, code, onUnmapped));
  return labels.filter((label) => label !== null).join(', ') || null;
};
