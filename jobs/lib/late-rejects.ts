import type { Rejected } from './mapping/case.ts';
import type { BatchRows, RejectRow } from './rows.ts';

/** What only the database can tell of a case of the batch. */
type Late = Omit<Rejected, 'primero_id'> & { held_by?: string };

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

/** Adds, for each case named, that services were not written because another case has their unique_id. */
export const addTaken = (rows: BatchRows, caseIds: readonly string[]): BatchRows =>
  addLate(
    rows,
    caseIds.map((id) => [
      id,
      { scope: 'service', field: 'services_section.unique_id', reason: 'SERVICE_ID_TAKEN' },
    ]),
  );
