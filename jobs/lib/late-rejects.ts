import type { Rejected, Row } from './mapping/case.ts';
import { SERVICES_FIELD, type Value } from './mapping/columns.ts';
import type { BatchRows, RejectRow } from './rows.ts';

/** What only the database can tell of a case of the batch. */
type Late = Omit<Rejected, 'primero_id'> & { held_by?: string | null };

const addLate = (rows: BatchRows, late: readonly [id: string, reject: Late][]): BatchRows => {
  if (late.length === 0) return rows;
  const byId = new Map(rows.cases.map((each) => [each.row.primero_id, each]));
  const rejects = late.map(([id, reject]): RejectRow => {
    const { indicator, row } = byId.get(id)!;
    const { primero_id, primero_updated_at, in_reintegration, in_under18 } = row;
    return { primero_id, primero_updated_at, in_reintegration, in_under18, indicator, ...reject };
  });
  return { ...rows, rejects: [...rows.rejects, ...rejects] };
};

/** Adds the cases that were not written because another child has their case_id. */
export const addClashes = (
  rows: BatchRows,
  clashes: readonly { primero_id: string; held_by: string }[],
): BatchRows =>
  addLate(
    rows,
    clashes.map(({ primero_id, held_by }) => [
      primero_id,
      { scope: 'case', field: 'case_id_display', reason: 'CASE_ID_TAKEN', held_by },
    ]),
  );

/** A service that was not written: whose it is, and who has its unique_id. */
export interface Taken {
  primero_id: string;
  unique_id: string;
  held_by: string | null;
}

/** The place in the record's list that a field of a service names. */
const PLACE = new RegExp(`^${SERVICES_FIELD}\\[(\\d+)\\]`);

/**
 * Where services stand in the record's list, by unique_id. The mapping leaves out those that it rejects, so the others
 * stand at the places that no reject names.
 */
const placesIn = (rows: BatchRows, id: string, services: readonly Row[]): Map<Value, number> => {
  const left = new Set(
    rows.rejects
      .filter((each) => each.primero_id === id)
      .map(({ field }) => PLACE.exec(field)?.[1]),
  );
  let place = -1;
  return new Map(
    services.map(({ unique_id }) => {
      do place += 1;
      while (left.has(String(place)));
      return [unique_id!, place];
    }),
  );
};

/**
 * Adds the services that were not written because another case has their unique_id. Each is named by its place, like
 * those that the mapping rejects: two of one case may wait for two holders.
 */
export const addTaken = (rows: BatchRows, taken: readonly Taken[]): BatchRows => {
  const ids = new Set(taken.map(({ primero_id }) => primero_id));
  const places = new Map(
    rows.cases
      .filter(({ row }) => ids.has(row.primero_id))
      .map(({ row, services }) => [row.primero_id, placesIn(rows, row.primero_id, services ?? [])]),
  );
  return addLate(
    rows,
    taken.map(({ primero_id, unique_id, held_by }) => {
      const field = `${SERVICES_FIELD}[${places.get(primero_id)!.get(unique_id)}].unique_id`;
      return [primero_id, { scope: 'service', field, reason: 'SERVICE_ID_TAKEN', held_by }];
    }),
  );
};
