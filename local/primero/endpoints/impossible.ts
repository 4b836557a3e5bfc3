import { type Family, RULES } from '../family.ts';
import type { Filters } from '../query/read-filters.ts';
import type { PrimeroStore } from '../store.ts';

/**
 * Whether a question asks for ids, or found nothing because of a value that no record has, such as
 * `sex=zzz`: an index, or a first look, settles it.
 */
export const isImpossible = (
  store: PrimeroStore,
  { among, asked }: Filters,
  total: number,
  family: Family,
): boolean => {
  if (RULES[family].engine === 'json') return false;
  if (among) return true;
  if (total > 0) return false;
  return asked.some(([field, value]) => {
    if (value.kind !== 'text') return false;
    return field !== 'type_of_case' || !store.types.names.includes(value.text);
  });
};
