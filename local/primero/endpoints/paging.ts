import type { Query } from './query.ts';

/** A page of a list, with the metadata that Primero sends. */
export const pageOf = <T>(rows: readonly T[], query: Query, byDefault: number, largest: number) => {
  const asked = query.per === undefined ? byDefault : Number.parseInt(query.per, 10) || 0;
  const per = Math.min(asked, largest);
  const page = query.page === undefined ? 1 : Number.parseInt(query.page, 10) || 1;
  const data = rows.slice((page - 1) * per, page * per);
  return { data, metadata: { total: rows.length, per, page } };
};
