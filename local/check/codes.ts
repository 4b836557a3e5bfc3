import { toEntries } from '../dictionary/entries.ts';
import { toVocabulary } from '../dictionary/vocabulary.ts';
import type { Answer } from '../primero-client/ask-primero.ts';
import { about, type Line, some } from './line.ts';

const unreadable = (what: string): Line =>
  about('option codes').warning(
    `the user may not read ${what}: new codes cannot be looked for`,
    `Let the role of the user view ${what}; the sync itself does without.`,
  );

/** Codes in Primero's option lists that the mapping has no label for, by column. */
export const codeLines = (forms: Answer, lookups: Answer): Line[] => {
  if (!forms.records) return [unreadable('forms')];
  if (!lookups.records) return [unreadable('lookups')];
  const { findings } = toEntries(toVocabulary(forms.records, lookups.records));
  const byColumn = new Map<string, string[]>();
  for (const { kind, column, code } of findings)
    if (kind === 'UNMAPPED') byColumn.set(column, [...(byColumn.get(column) ?? []), code]);
  const lines = [...byColumn].map(([column, codes]) =>
    about(`option codes of ${column}`).warning(
      `${codes.length} without a label: ${some(codes)}`,
      'Cases will show the code itself: add it to config/codes.json, build and deploy.',
    ),
  );
  return lines.length > 0 ? lines : [about('option codes').ok('the mapping has a label for each')];
};
