import type { Row } from './mapping/case.ts';
import { SERVICE_COLUMNS, type Value } from './mapping/columns.ts';
import type { BatchRows } from './rows.ts';
import { KNOWN_COLUMNS } from './sql/select-known.ts';

/** A case that ONA holds. The content is there where it is as new as the batch's record. */
export interface Known {
  primero_id: string;
  content: Value[] | null;
  services: Value[][] | null;
  /** Whether the ledger names it as one that could not be loaded, whole or in part. */
  is_reject: boolean;
}

/** What of a batch is still to be written, and whose rejects it settles. */
export type Pending = Pick<BatchRows, 'cases' | 'services' | 'owners' | 'seen'> & {
  settled: BatchRows['seen'];
};

/** All of a batch: where ONA was not asked what it knows. */
export const allPending = (rows: BatchRows): Pending => ({
  ...rows,
  settled: rows.seen.filter(({ settles }) => settles),
});

type Column = { name: string; type: string };

const UNIQUE_ID = SERVICE_COLUMNS.findIndex(({ name }) => name === 'unique_id');

/** A time as PostgreSQL writes one without a zone: no zeros at the end of its fraction. */
const asHeld = (time: Value | undefined): Value | undefined =>
  typeof time === 'string' ? time.replace(/\.?0*Z$/, '') : time;

const isSame = (row: Row, columns: readonly Column[], held: readonly Value[]): boolean =>
  columns.every(({ name, type }, index) => {
    const value = type === 'timestamptz' ? asHeld(row[name]) : row[name];
    return value === held[index];
  });

const areSame = (services: readonly Row[], held: readonly Value[][]): boolean => {
  if (services.length !== held.length) return false;
  const byId = new Map(held.map((each) => [each[UNIQUE_ID], each]));
  return services.every((service) => {
    const other = byId.get(service.unique_id!);
    return other !== undefined && isSame(service, SERVICE_COLUMNS, other);
  });
};

const isDisabled = ({ enabled }: BatchRows['seen'][number]): boolean => !enabled;

/**
 * Leaves out what ONA holds just as it is: it needs no writing, and so no sending. What ONA does not know cannot
 * have to be removed either, unless it is disabled and an earlier integration left it.
 */
export const toPending = (rows: BatchRows, known: readonly Known[]): Pending => {
  if (known.length === 0) return { ...rows, seen: rows.seen.filter(isDisabled), settled: [] };
  const held = known.filter(({ is_reject }) => !is_reject);
  const heldOf = new Map(held.map((each) => [each.primero_id, each]));
  const rejected = new Set(
    known.filter(({ is_reject }) => is_reject).map(({ primero_id }) => primero_id),
  );
  const owners = new Set(rows.owners.map(({ primero_id }) => primero_id));
  const servicesOf = new Map<Value, Row[]>();
  for (const service of held.length > 0 ? rows.services : []) {
    const all = servicesOf.get(service.primero_id!);
    if (all) all.push(service);
    else servicesOf.set(service.primero_id!, [service]);
  }
  const same = new Set<Value>();
  for (const row of rows.cases) {
    const { content, services } = heldOf.get(row.primero_id) ?? { content: null, services: null };
    if (!content || !isSame(row, KNOWN_COLUMNS, content)) continue;
    if (
      owners.has(row.primero_id) &&
      !areSame(servicesOf.get(row.primero_id) ?? [], services ?? [])
    )
      continue;
    same.add(row.primero_id);
  }
  const isPending = ({ primero_id }: { primero_id?: Value }) => !same.has(primero_id!);
  return {
    settled: rows.seen.filter(({ settles, primero_id }) => settles && rejected.has(primero_id)),
    cases: rows.cases.filter(isPending),
    services: rows.services.filter(isPending),
    owners: rows.owners.filter(isPending),
    seen: rows.seen.filter(
      (each) => isPending(each) && (heldOf.has(each.primero_id) || !each.enabled),
    ),
  };
};
