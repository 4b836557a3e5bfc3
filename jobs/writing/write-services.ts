import type { sql as Sql } from '@openfn/language-postgresql';
import { toDatabaseError } from '../errors/database-error.ts';
import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { SERVICE_COLUMNS } from '../mapping/columns.ts';
import { SERVICES_FIELD } from '../mapping/fields.ts';
import type { MappedService, Row } from '../mapping/record.ts';
import { REMOVALS } from '../policy.ts';
import { toArrays } from './arrays.ts';
import { settleServices, toReject } from './conflicts.ts';
import { tryToWrite } from './probe.ts';
import type { MappedChild, RejectRow, WriteState } from './state.ts';
import WRITE_SERVICES from './write-services.sql';

/** A service of a child that was written. */
interface Owned extends MappedService {
  child: MappedChild;
}

const OWNER_COLUMNS = [{ name: 'primero_id' }, { name: 'case_id' }];

/** Children whose services are made the same as in their record: those that were written and whose record says which services they have. */
const owners = ({ children, outcomes }: WriteState): MappedChild[] =>
  children.filter(({ id, kept }) => {
    const outcome = outcomes.get(id);
    return kept !== null && outcome !== undefined && outcome !== 'older' && outcome !== 'nothing';
  });

/** Parameters of write-services.sql. Services that ONA does not take stay as ONA holds them. */
const toValues =
  (children: readonly MappedChild[], kept: readonly Row[]) => (services: readonly Owned[]) => [
    children.map(({ id }) => id),
    ...toArrays([{ name: 'child' }, { name: 'unique_id' }], kept),
    ...toArrays(
      [...OWNER_COLUMNS, ...SERVICE_COLUMNS],
      services.map(({ child, row }) => ({
        ...row,
        primero_id: child.id,
        case_id: child.row!.case_id!,
      })),
    ),
  ];

/** If a user sees fewer services than before, it looks as if they had been deleted. */
const checkRemoved = (removed: number, held: number, accepted: number): void => {
  const { count, share } = REMOVALS;
  if (removed <= count || removed <= held * share || removed <= accepted) return;
  throw new SyncError(
    errors.SERVICES_REFUSED,
    `${removed} of ${held} services of this batch's children would go.`,
  );
};

/**
 * Makes the services in ONA of the children that were written the same as in Primero.
 *
 * @throws {SyncError} a code of ONA's; SERVICES_REFUSED if too many would be removed
 * @example <caption>With the official adaptor's operation</caption>
 * writeServices(sql)
 */
export const writeServices =
  (sql: typeof Sql) =>
  async (state: WriteState): Promise<WriteState> => {
    const children = owners(state);
    if (state.verdict.kind !== 'write' || children.length === 0) return state;
    const { refused, displaced } = settleServices(children, state.conflicts.services);
    const refusedIds = new Set([...refused].map(({ child, id }) => `${child} ${id}`));
    const all: Owned[] = children.flatMap((child) =>
      child.services.map((service) => ({ ...service, child })),
    );
    const isRefused = ({ child, row }: Owned) =>
      refusedIds.size > 0 && refusedIds.has(`${child.id} ${row.unique_id}`);
    const rejectOf = ({ child, field, row }: Owned, reason: string): RejectRow => {
      const wanted = reason === 'SERVICE_ID_TAKEN' ? String(row.unique_id) : null;
      return toReject(child, { scope: 'service', field, reason, wanted });
    };
    const rejects = all.filter(isRefused).map((each) => rejectOf(each, 'SERVICE_ID_TAKEN'));
    for (const { child, id } of displaced)
      if (!children.some((each) => each.id === child))
        rejects.push(
          toReject(
            { id: child!, indicators: [] },
            { scope: 'service', field: SERVICES_FIELD, reason: 'SERVICE_ID_TAKEN', wanted: id },
          ),
        );
    const kept: Row[] = children.flatMap(({ id, kept: ids }) =>
      ids!.map((unique_id) => ({ child: id, unique_id })),
    );
    let services = all.filter((each) => !isRefused(each));
    try {
      for (;;) {
        const how = { text: WRITE_SERVICES, values: toValues(children, kept) };
        const { returned, bad } = await tryToWrite(sql, state, how, services);
        if (bad === null) {
          const [row] = returned;
          checkRemoved(row.removed, row.held, state.sync?.accept_removals ?? 0);
          return { ...state, services: row, rejects: [...state.rejects, ...rejects] };
        }
        const bads = new Set(bad);
        services = services.filter((each) => !bads.has(each));
        for (const each of bad) {
          rejects.push(rejectOf(each, 'NOT_TAKEN'));
          kept.push({ child: each.child.id, unique_id: each.row.unique_id! });
        }
      }
    } catch (error) {
      throw toDatabaseError(error, 'writing services');
    }
  };
