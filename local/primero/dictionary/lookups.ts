import { LABELS, OTHER_TYPES, PLACEMENTS, REINTEGRATION } from '../codes.ts';
import { NAMES_BY_KIND } from '../records/field-names.ts';
import { inBoth, wordsOf } from './khmer.ts';

type Option = { id: string; disabled: boolean; display_text: { en: string; km: string } };

export type Lookup = {
  id: number;
  unique_id: string;
  name: { en: string; km: string };
  locked: boolean;
  values: Option[];
};

/** An option of a list. */
export const option = (id: string, en: string): Option => ({
  id,
  disabled: false,
  display_text: inBoth(en),
});

/** Options whose labels are their codes in words. */
export const optionsOf = (codes: readonly string[]): Option[] =>
  codes.map((code) => option(code, wordsOf(code)));

const LABELLED = Object.entries(LABELS).map(
  ([name, labels]) =>
    [name, Object.entries(labels).map(([code, label]) => option(code, label))] as const,
);

/** Lists of fields that the mapping does not read, so that there is more than one page of them. */
const OTHERS = NAMES_BY_KIND.choice
  .slice(0, 24)
  .map((name) => [name.replaceAll('_', '-'), optionsOf([`${name}_1`, `${name}_2`])] as const);

/** All option lists: those of the mapping first. */
export const LOOKUPS: readonly Lookup[] = [
  ...LABELLED,
  ['case-type', optionsOf([REINTEGRATION, ...OTHER_TYPES])] as const,
  ['placement-type', optionsOf(PLACEMENTS)] as const,
  ['yes-no', [option('true', 'Yes'), option('false', 'No')]] as const,
  ...OTHERS,
].map(([name, values], n) => ({
  id: n + 1,
  unique_id: `lookup-${name}`,
  name: inBoth(wordsOf(name.replaceAll('-', '_'))),
  locked: n === 0,
  values: [...values],
}));
