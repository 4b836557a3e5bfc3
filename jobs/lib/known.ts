import type { Row } from './mapping/case.ts';
import { SERVICE_COLUMNS, type Value } from './mapping/columns.ts';
import type { CaseRow } from './rows.ts';
import { HELD_COLUMNS } from './sql/select-held.ts';

/** Lists of values, one for each column; null where there is no row. */
type Columns = readonly (readonly Value[] | null)[];

/** The lists of SELECT_HELD: the first list of each says whose the values are. */
export interface HeldLists {
  others: Columns;
  cases: Columns;
  services: Columns;
  rejects: string[] | null;
}

/** What ONA knows of a batch's records. */
export interface Known {
  /** The case_ids under which it holds the cases that it holds, at whatever time, by id. */
  caseIds: ReadonlyMap<Value, Value>;
  /** Ids of those that the ledger names as not loaded, whole or in part. */
  rejected: ReadonlySet<Value>;
  /** Whether it holds a case just as the batch has it, with its services where the batch says them. */
  isSame: (offered: CaseRow) => boolean;
}

type Column = { name: string; type: string };

/** A time as PostgreSQL writes one without a zone: no zeros at the end of its fraction. */
const asHeld = (time: Value | undefined): Value | undefined =>
  typeof time === 'string' ? time.replace(/\.?0*Z$/, '') : time;

/** Whether the lists have the row at a place; the first list says whose it is. */
const isAt = (place: number, lists: Columns, row: Row, columns: readonly Column[]): boolean => {
  for (let index = 0; index < columns.length; index += 1) {
    const { name, type } = columns[index]!;
    const value = type === 'timestamptz' ? asHeld(row[name]) : row[name];
    if (value !== lists[index + 1]![place]) return false;
  }
  return true;
};

/** The first two lists, value by value. */
const pairs = ([first, second]: Columns): [Value, Value][] =>
  (first ?? []).map((value, place) => [value, second![place]!]);

/** Reads what SELECT_HELD returned. */
export const toKnown = ({ others, cases, services, rejects }: HeldLists): Known => {
  const ids = cases[0] ?? [];
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  const servicesOf = new Map<Value, number[]>();
  (services[0] ?? []).forEach((caseId, place) => {
    const places = servicesOf.get(caseId);
    if (places) places.push(place);
    else servicesOf.set(caseId, [place]);
  });
  const hasServices = (caseId: Value, offered: readonly Row[]): boolean => {
    const places = servicesOf.get(caseId) ?? [];
    return (
      places.length === offered.length &&
      offered.every((row) => places.some((place) => isAt(place, services, row, SERVICE_COLUMNS)))
    );
  };
  return {
    caseIds: new Map([...pairs(cases), ...pairs(others)]),
    rejected: new Set(rejects ?? []),
    isSame: ({ row, services: offered }) => {
      const place = placeOf.get(row.primero_id);
      return (
        place !== undefined &&
        isAt(place, cases, row, HELD_COLUMNS) &&
        (offered === null || hasServices(row.case_id!, offered))
      );
    },
  };
};
