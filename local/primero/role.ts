import type { CaseFacts } from './store.ts';

/** What the user's role may see. Tests change it while the server runs. */
export type Role = {
  /** Fields that it may not see: filters on them are dropped, and they never come. */
  hiddenFields: Set<string>;
  /** Cases that it may see, all when undefined: others are not found, and 403 by their path. */
  sees?: ((facts: CaseFacts) => boolean) | undefined;
  /** Services that it may see, all when undefined; `service` is an entry of `services_section`. */
  seesService?:
    | ((service: Readonly<Record<string, unknown>>, facts: CaseFacts) => boolean)
    | undefined;
};

/** Names that every role may filter by, although no record has such a field. */
const ALWAYS_ASKED = ['or', 'not'];

/**
 * Whether a filter of this name is looked at. Primero only compares the end of the name, with a
 * digit behind it or without: a role that sees `number` may ask for `oscar_number` or `number3`.
 */
export const mayAsk = (
  name: string,
  fields: Iterable<string>,
  hidden: ReadonlySet<string>,
): boolean => {
  const bare = name.replace(/[0-5]$/, '');
  const endsLike = (field: string) => name.endsWith(field) || bare.endsWith(field);
  if (ALWAYS_ASKED.some(endsLike)) return true;
  for (const field of fields) if (!hidden.has(field) && endsLike(field)) return true;
  return false;
};
