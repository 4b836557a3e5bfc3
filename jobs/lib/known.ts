import type { Value } from './mapping/columns.ts';
import type { Known } from './pending.ts';

/** Lists of values, one for each column; null where there is no row. */
type Columns = readonly (Value[] | null)[];

/** What SELECT_KNOWN returns: the first list of each says whose the values are. */
export interface KnownLists {
  others: string[] | null;
  cases: Columns;
  services: Columns;
  rejects: string[] | null;
}

/** The row at a place in the lists, without whose it is. */
const toRow = (columns: Columns, index: number): Value[] => {
  const row: Value[] = [];
  for (let column = 1; column < columns.length; column += 1) row.push(columns[column]![index]!);
  return row;
};

/** What ONA knows, case by case, and after them one entry for each that has a reject. */
export const toKnown = ({ others, cases, services, rejects }: KnownLists): Known[] => {
  const servicesOf = new Map<Value, Value[][]>();
  (services[0] ?? []).forEach((caseId, index) => {
    const service = toRow(services, index);
    const all = servicesOf.get(caseId);
    if (all) all.push(service);
    else servicesOf.set(caseId, [service]);
  });
  const known: Known[] = (cases[0] ?? []).map((id, index) => {
    const content = toRow(cases, index);
    return {
      primero_id: String(id),
      content,
      services: servicesOf.get(content[0]!) ?? null,
      is_reject: false,
    };
  });
  const named = (ids: string[] | null, is_reject: boolean): Known[] =>
    (ids ?? []).map((primero_id) => ({ primero_id, content: null, services: null, is_reject }));
  return [...known, ...named(others, false), ...named(rejects, true)];
};
