import type { sql as Sql } from '@openfn/language-postgresql';
import { toDatabaseError } from '../errors/database-error.ts';
import { CASE_COLUMNS, IDENTITY_COLUMNS } from '../mapping/columns.ts';
import { toArray, toArrays } from './arrays.ts';
import { settleCases, toReject } from './conflicts.ts';
import LET_GO from './let-go.sql';
import { tryToWrite } from './probe.ts';
import { send } from './query.ts';
import type { Settlement } from './settle.ts';
import type { MappedChild, Outcome, RejectRow, WriteState } from './state.ts';
import WRITE_CASES from './write-cases.sql';

/** Children who get another case_id, or a row that an earlier integration left. The others keep what they have. */
const moving = (granted: readonly MappedChild[], { conflicts }: WriteState): MappedChild[] => {
  const moved = new Set(conflicts.cases.map(({ child }) => child));
  const left = new Set(conflicts.cases.filter(({ child }) => child === null).map(({ id }) => id));
  return granted.filter(({ id, row }) => moved.has(id) || left.has(String(row!.case_id)));
};

const letGo = async (
  sql: typeof Sql,
  state: WriteState,
  granted: readonly MappedChild[],
  displaced: readonly string[],
): Promise<number> => {
  const movers = moving(granted, state);
  if (movers.length === 0 && displaced.length === 0) return 0;
  const values = [movers.map(({ id }) => id), movers.map(({ row }) => row!.case_id), displaced];
  const [{ gone }] = await send(sql, state, LET_GO, values);
  return gone;
};

/** Parameters of write-cases.sql for the children of the batch that are not rejects. */
const toValues =
  ({ batch, sync, children: all }: WriteState) =>
  (children: readonly MappedChild[]) => {
    const counting = all.flatMap(({ id, indicators }) =>
      indicators.map((indicator) => ({ id, indicator })),
    );
    const written = new Set(children);
    const rejects = all.filter((child) => !written.has(child));
    const rows = children.map(({ row }) => row!);
    return [
      batch.message.syncId,
      sync?.began_at,
      ...toArrays([{ name: 'id' }, { name: 'indicator' }], counting),
      toArray(rejects.map(({ id }) => id)),
      ...toArrays(IDENTITY_COLUMNS, rows),
      ...toArrays(CASE_COLUMNS, rows),
    ];
  };

/** Rejects of children who want an id that another child keeps. */
const takenRejects = (state: WriteState, { refused, displaced }: Settlement): RejectRow[] => {
  const taken = { scope: 'case', field: CASE_COLUMNS[0]!.field, reason: 'CASE_ID_TAKEN' } as const;
  const inBatch = new Map(state.children.map((child) => [child.id, child]));
  const claims = [...refused].map(({ child, id }) =>
    toReject(inBatch.get(child)!, { ...taken, wanted: id }),
  );
  const others = displaced.filter(({ child }) => !inBatch.has(child!));
  const holders = others.map(({ child, id }) =>
    toReject({ id: child!, indicators: [] }, { ...taken, wanted: id }),
  );
  return [...claims, ...holders];
};

/**
 * Writes the children of the batch. If a column of ONA does not take a child's value, the child is a reject, and the others are written
 * as if it were not there.
 *
 * @throws {SyncError} a code of ONA's
 * @example <caption>With the official adaptor's operation</caption>
 * writeCases(sql)
 */
export const writeCases =
  (sql: typeof Sql) =>
  async (state: WriteState): Promise<WriteState> => {
    if (state.verdict.kind !== 'write' || state.children.length === 0) return state;
    const refusedByOna: RejectRow[] = [];
    let children = state.children;
    try {
      for (;;) {
        const settlement = settleCases(children, state.conflicts.cases);
        const displaced = settlement.displaced.map(({ child }) => child!);
        await send(sql, state, 'SAVEPOINT cases', []);
        const gone = await letGo(sql, state, settlement.granted, displaced);
        const how = { text: WRITE_CASES, values: toValues(state) };
        const { returned, bad } = await tryToWrite(sql, state, how, settlement.granted);
        if (bad === null) {
          const rows: { primero_id: string; outcome: Outcome }[] = returned;
          return {
            ...state,
            gone,
            outcomes: new Map(rows.map(({ primero_id, outcome }) => [primero_id, outcome])),
            rejects: [
              ...state.children.flatMap((child) =>
                child.rejects.map((each) => toReject(child, each)),
              ),
              ...takenRejects(state, settlement),
              ...refusedByOna,
            ],
          };
        }
        await send(sql, state, 'ROLLBACK TO SAVEPOINT cases', []);
        const bads = new Set(bad);
        children = children.filter((child) => !bads.has(child));
        for (const child of bad)
          refusedByOna.push(
            toReject(child, { scope: 'case', field: 'record', reason: 'NOT_TAKEN' }),
          );
      }
    } catch (error) {
      throw toDatabaseError(error, 'writing cases');
    }
  };
