import { type Family, RULES } from '../family.ts';
import { mix } from '../hash.ts';
import type { PrimeroStore } from '../store.ts';

/** Order of JSON types in PostgreSQL. */
const rank = (value: unknown): number => {
  if (value === null) return 0;
  if (typeof value === 'string') return 1;
  if (typeof value === 'number') return 2;
  if (typeof value === 'boolean') return 3;
  return Array.isArray(value) ? 4 : 5;
};

const compare = (a: unknown, b: unknown): number => {
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (typeof a === 'object') return 0;
  return (a as string) < (b as string) ? -1 : (a as string) > (b as string) ? 1 : 0;
};

/**
 * Cases in the order of any field; ties in an order of their own for each seed. Where the field is
 * missing, Solr puts a case last, SQL after all others, thus first when descending.
 */
export const sortByField = (
  store: PrimeroStore,
  indexes: number[],
  { field, descending, family }: { field: string; descending: boolean; family: Family },
  seed: number,
): number[] => {
  const missingFirst = descending && RULES[family].engine !== 'solr';
  return indexes
    .map((index) => ({ index, key: store.field(index, field), tie: mix(seed, index) }))
    .sort((a, b) => {
      const gone = Number(a.key === undefined) - Number(b.key === undefined);
      if (gone !== 0) return missingFirst ? -gone : gone;
      return (descending ? compare(b.key, a.key) : compare(a.key, b.key)) || a.tie - b.tie;
    })
    .map(({ index }) => index);
};
