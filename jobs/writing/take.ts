import type { Batch } from '../asking/batch.ts';
import { unpackRecord } from '../asking/pack.ts';
import * as errors from '../errors/registry.ts';
import { SyncError } from '../errors/sync-error.ts';
import { type LocationRow, toGazetteer } from '../mapping/locations.ts';
import { mapCase } from '../mapping/record.ts';
import { BATCH_REJECTS } from '../policy.ts';
import type { State } from '../state.ts';
import type { Statement } from './query.ts';
import SELECT_LOCATIONS from './select-locations.sql';
import type { MappedChild, WriteState } from './state.ts';

const NONE_OPEN = { unseen: 0, unindexed: 0, removals: 0, deleted: 0 };

/**
 * Takes what get-cases passed on. The records are taken out of the object that came in, because the platform keeps that
 * object if the run fails.
 *
 * @throws {SyncError} BATCH_MISSING
 * @example <caption>First operation of upsert-cases</caption>
 * fn(takeBatch)
 */
export const takeBatch = (state: State & { batch?: Batch }): WriteState => {
  const { batch, configuration } = state;
  if (!batch?.message || !Array.isArray(batch.rows))
    throw new SyncError(errors.BATCH_MISSING, 'There is no batch to write.');
  const values = batch.values.splice(0);
  const rows = batch.rows.splice(0).map((row) => unpackRecord(row, values));
  return {
    ...{ configuration, data: null, references: [], batch, rows, children: [], unmapped: {} },
    ...{
      verdict: { kind: 'write' },
      sync: null,
      listsBefore: null,
      conflicts: { cases: [], services: [] },
    },
    ...{ outcomes: new Map(), rejects: [], services: { held: 0, removed: 0, written: 0 }, gone: 0 },
    ...{ completes: null, removed: null, end: null, open: { open: [], ...NONE_OPEN } },
    follows: { next: [], state: 'under way', reason: null, error: null, ask: [] },
    summary: null,
  };
};

/** If several windows or questions of a batch brought a child, the record that Primero changed last is used. */
const newest = (children: readonly MappedChild[]): MappedChild[] => {
  const byId = new Map<string, MappedChild>();
  const time = ({ row }: MappedChild) => Date.parse(String(row?.primero_updated_at));
  for (const child of children) {
    const known = byId.get(child.id);
    if (!known || !(time(known) > time(child))) byId.set(child.id, child);
  }
  return [...byId.values()];
};

/** Fails a batch if more than half of it cannot be loaded: then the mapping is wrong. */
const checkRejects = (children: readonly MappedChild[]): void => {
  const rejected = children.flatMap(({ row, rejects }) => (row ? [] : rejects));
  const { from, share } = BATCH_REJECTS;
  if (children.length < from || rejected.length <= children.length * share) return;
  const counts = new Map<string, number>();
  for (const { field, reason } of rejected)
    counts.set(`${field} ${reason}`, (counts.get(`${field} ${reason}`) ?? 0) + 1);
  const reasons = [...counts].map(([what, count]) => `${what}: ${count}`).join(', ');
  throw new SyncError(
    errors.TOO_MANY_REJECTS,
    `${rejected.length} of ${children.length} records were rejected (${reasons}).`,
  );
};

/** Reads the places from ONA, and maps all records of the batch with them. This happens before the transaction, so that no other batch has to wait. */
export const mapRecords: Statement<WriteState> = {
  doing: 'reading places',
  text: SELECT_LOCATIONS,
  receive: (state, rows: LocationRow[]) => {
    const unmapped: Record<string, number> = {};
    const onUnmapped = (field: string) => {
      unmapped[field] = (unmapped[field] ?? 0) + 1;
    };
    const context = { gazetteer: toGazetteer(rows), onUnmapped };
    const children = newest(
      state.rows.map(({ record, origin }) => ({ ...mapCase(record, context), origin })),
    );
    checkRejects(children);
    return { ...state, rows: [], children, unmapped };
  },
};
