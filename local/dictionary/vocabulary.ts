import type { Field, Form, Lookup, Option, Vocabulary } from './types.ts';

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const listOf = <T>(value: unknown): T[] =>
  (Array.isArray(value) ? value.filter(isObject) : []) as T[];

const LOOKUP_SOURCE = /^lookup (\S+)$/;

/**
 * The field of a name. A field may stand in several forms: of a case first in its own forms, of a service in the
 * subform; first where it is shown.
 * @param subform name of the subform that the field belongs to; null for a field of the case itself
 */
export const findField = (
  forms: readonly Form[],
  name: string,
  subform: string | null,
): Field | null => {
  const rank = (form: Form, field: Field): number => {
    const nested = form.is_nested === true;
    const home = subform ? String(form.unique_id ?? '').startsWith(subform) : !nested;
    return (home ? 2 : 0) + (field.visible === false ? 0 : 1);
  };
  const found = forms.flatMap((form) =>
    listOf<Field>(form.fields)
      .filter((field) => field.name === name)
      .map((field) => ({ field, rank: rank(form, field) })),
  );
  const [best] = found.sort((a, b) => b.rank - a.rank);
  return best?.field ?? null;
};

/**
 * The options of a field: its own, or those of the list that it names. Disabled ones too, since old cases have
 * them. Null where the field names a list that did not come; none for a field without options.
 */
export const optionsOf = (field: Field, lookups: readonly Lookup[]): Option[] | null => {
  const own = listOf<Option>(field.option_strings_text);
  if (own.length > 0) return own;
  const [, name] = LOOKUP_SOURCE.exec(String(field.option_strings_source ?? '').trim()) ?? [];
  if (!name) return [];
  const lookup = lookups.find((each) => each.unique_id === name);
  return lookup ? listOf<Option>(lookup.values) : null;
};

/** Checks the shape of what came, so far as it is read. */
export const toVocabulary = (forms: unknown[], lookups: unknown[]): Vocabulary => ({
  forms: listOf<Form>(forms),
  lookups: listOf<Lookup>(lookups),
});
