import type { FamilyRules } from '../family.ts';
import type { PrimeroStore } from '../store.ts';
import { rejected } from './outcome.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The cases that `id=a,b,c` names, as far as the search may know them.
 * @throws QueryFailure for SQL, where one is no UUID
 */
export const casesById = (store: PrimeroStore, text: string, { engine }: FamilyRules): number[] => {
  const ids = text.split(',');
  if (engine !== 'solr' && !ids.every((id) => UUID.test(id))) return rejected();
  // Solr also counts those that are gone from the database.
  const indexes = ids.map((id) => store.indexOf(id, { orGone: engine === 'solr' }));
  return [...new Set(indexes.filter((index) => index !== undefined))];
};
