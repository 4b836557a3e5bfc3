import { idOf } from '../identity.ts';
import type { CaseView, Maker } from './case-view.ts';
import { isoTime } from './dates.ts';
import { MAPPED_FIELDS } from './mapped-fields.ts';
import { UNMAPPED_FIELDS } from './unmapped-fields.ts';

/** A case as the API gives it: some 150 fields at most, blanks absent. */
export type PrimeroRecord = Record<string, unknown> & {
  id: string;
  /** null where the record has no state. */
  enabled: boolean | null;
  last_updated_at: string;
};

/** Maker of each field, by name. `id`, `enabled` and `last_updated_at` come with every record. */
export const FIELDS: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['id', (view) => idOf(view.seed, view.index)],
  ['enabled', (view) => view.recordState],
  ['last_updated_at', (view) => isoTime(view.updatedAt)],
  ['created_at', (view) => (Number.isNaN(view.createdAt) ? undefined : isoTime(view.createdAt))],
  ...MAPPED_FIELDS,
  ...UNMAPPED_FIELDS,
]);

/** Names of the fields that the sync may read. All others carry the marker, but `created_at`. */
export const MAPPED_FIELD_NAMES: readonly string[] = MAPPED_FIELDS.map(([name]) => name);

export type Field = readonly [name: string, make: Maker];

/** Fields that come whatever is asked for. */
export const ALWAYS: readonly string[] = ['id', 'enabled', 'last_updated_at'];

/** The makers for a list of names, in that order, the ones that always come first. */
export const fieldsOf = (names: Iterable<string>): readonly Field[] => {
  const chosen: Field[] = [];
  for (const name of new Set([...ALWAYS, ...names])) {
    const make = FIELDS.get(name);
    if (make) chosen.push([name, make]);
  }
  return chosen;
};

export const ALL_FIELDS: readonly Field[] = fieldsOf(FIELDS.keys());

/** Makes one record, of just these fields. */
export const makeRecord = (view: CaseView, fields: readonly Field[]): PrimeroRecord => {
  const record: Record<string, unknown> = {};
  for (const [name, make] of fields) {
    const value = make(view);
    if (value !== undefined) record[name] = value;
  }
  return record as PrimeroRecord;
};
