import FIND_CONFLICTS from './find-conflicts.sql';
import type { Statement } from './query.ts';
import type { Claim, Held, Settlement } from './settle.ts';
import { settle } from './settle.ts';
import type { MappedChild, RejectRow, WriteState } from './state.ts';

const hasRow = (child: MappedChild) => child.row !== null;

/** Finds out who has the ids that the children of the batch, and their services, want. */
export const findConflicts: Statement<WriteState> = {
  doing: 'looking up ids',
  text: FIND_CONFLICTS,
  values: ({ children, verdict }) => {
    if (verdict.kind !== 'write' || children.length === 0) return null;
    const mapped = children.filter(hasRow);
    const services = mapped.flatMap((child) => child.services.map(({ row }) => [child.id, row]));
    return [
      mapped.map(({ id }) => id),
      mapped.map(({ row }) => row!.case_id),
      services.map(([id]) => id),
      services.map(([, row]) => (row as { unique_id: string }).unique_id),
    ];
  },
  receive: (state, [found]) => ({
    ...state,
    conflicts: { cases: found.cases ?? [], services: found.services ?? [] },
  }),
};

/** A reject of a child, as ONA keeps it. */
export const toReject = (
  { id, indicators }: Pick<MappedChild, 'id' | 'indicators'>,
  {
    scope,
    field,
    reason,
    wanted,
  }: Omit<RejectRow, 'primero_id' | 'indicators' | 'wanted'> & {
    wanted?: string | null;
  },
): RejectRow => ({
  primero_id: id,
  scope,
  field,
  reason,
  wanted: wanted ?? null,
  indicators: indicators.join(','),
});

/** Decides who gets which case_id. All children of the batch first give up the ids that they have. */
export const settleCases = (
  children: readonly MappedChild[],
  held: readonly Held[],
): Settlement & { granted: MappedChild[] } => {
  const mapped = children.filter(hasRow);
  const claims = mapped.map(
    ({ id, indicators, row }): Claim => ({
      child: id,
      id: String(row!.case_id),
      counts: indicators.length > 0,
      created: String(row!.primero_created_at),
    }),
  );
  const claimOf = new Map(claims.map((claim) => [claim.child, claim]));
  const settlement = settle(claims, held, (child, id, refused) => {
    const own = claimOf.get(child);
    return own !== undefined && own.id !== id && !refused.has(own);
  });
  const granted = mapped.filter(({ id }) => !settlement.refused.has(claimOf.get(id)!));
  return { ...settlement, granted };
};

/** Decides who gets which services. A child that was written gives up those that it no longer has. */
export const settleServices = (
  written: readonly MappedChild[],
  held: readonly Held[],
): Settlement => {
  const claims = written.flatMap(({ id, indicators, row, services }) =>
    services.map(
      (service): Claim => ({
        child: id,
        id: String(service.row.unique_id),
        counts: indicators.length > 0,
        created: String(row!.primero_created_at),
      }),
    ),
  );
  const byChild = new Map(written.map((child) => [child.id, child]));
  return settle(claims, held, (child, id) => {
    const owner = byChild.get(child);
    return owner !== undefined && owner.kept !== null && !owner.kept.includes(id);
  });
};
