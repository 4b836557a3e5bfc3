import type { http as Http } from '@openfn/language-primero';
import { withTimeout } from '../errors/time-out.ts';
import { FIELDS, SERVICE_FIELDS } from '../mapping/fields.ts';
import { isFirst } from '../message/message.ts';
import { LISTS_MS } from '../policy.ts';
import type { Lists } from './batch.ts';
import type { GetState } from './state.ts';

interface Option {
  id: string;
  disabled?: boolean;
  display_text?: unknown;
}

/** What is read of Primero's forms, their fields, and its lists. */
interface Named {
  unique_id?: string;
  name?: string;
  display_name?: unknown;
  visible?: boolean;
  fields?: Named[];
  option_strings_text?: unknown;
  option_strings_source?: string;
  values?: Option[];
}

const english = (text: unknown): unknown => Object(text).en ?? text;

const isMapped = ({ name = '', visible }: Named): boolean =>
  visible !== false && (FIELDS.includes(name) || SERVICE_FIELDS.includes(name));

/** A field's own options, or those of the list that it names, without disabled options. */
const optionsOf = (field: Named, lookups: readonly Named[]): Option[] => {
  const lookup = lookups.find(
    ({ unique_id }) => field.option_strings_source === `lookup ${unique_id}`,
  );
  const lists = [field.option_strings_text as Option[] | undefined, lookup?.values];
  return (lists.find((list) => list && list.length > 0) ?? []).filter(({ disabled }) => !disabled);
};

/** Leaves out fields that people do not see and options that are disabled: they were retired. */
export const toLists = (forms: readonly Named[], lookups: readonly Named[]): Lists => {
  const fields = forms.flatMap((form) => form.fields ?? []).filter(isMapped);
  const entries = fields.flatMap((field) => [
    [field.name, english(field.display_name)],
    ...optionsOf(field, lookups).map(({ id, display_text }) => [
      `${field.name}.${id}`,
      english(display_text),
    ]),
  ]);
  return Object.fromEntries(entries);
};

/**
 * Reads Primero's forms and lists, once for each sync. If the user may not see them, or they do not come, the sync does without.
 * @example <caption>With the official adaptor's operation</caption>
 * readLists(http)
 */
export const readLists = (http: typeof Http) => async (state: GetState) => {
  const { configuration, message, reading } = state;
  if (!isFirst(message)) return state;
  const get = async (path: string, query: Record<string, unknown>): Promise<Named[]> => {
    const answer = http.get(path, { query })({ configuration, data: null, references: [] });
    return ((await withTimeout(answer, LISTS_MS)).data as { data: Named[] }).data;
  };
  try {
    const forms = await get('forms', { record_type: 'case' });
    reading.lists = toLists(forms, await get('lookups', { per: 1000 }));
  } catch (_noLists) {
    console.warn('Primero’s forms and lists did not come: what changed in them is not told.');
  }
  return state;
};
