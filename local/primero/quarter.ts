import { OTHER_TYPES, REINTEGRATION } from './codes.ts';
import { type Columns, DISABLED } from './columns.ts';
import { fraction, mix } from './hash.ts';

/** A stretch of time in which cases change: `from` and `to` in ms, `share` of all cases. */
export type Quarter = { seed: number; from: number; to: number; share: number };

export type QuarterCounts = { changed: number; created: number; disabled: number };

/** Cases that can be changed: the store, as far as a quarter needs it. */
type Cases = {
  readonly columns: Columns;
  readonly size: number;
  exists(index: number): boolean;
  create(how: { at: number }): number;
  update(index: number, how: { at: number }): void;
  disable(index: number, at: number): void;
  enable(index: number, at: number): void;
  setAge(index: number, age: number, at: number): void;
  turn18(index: number, at: number): void;
  setType(index: number, type: string, at: number): void;
  addService(index: number, at: number): void;
  dropService(index: number, at: number): void;
};

/** For each changed case, so many new ones. */
const NEW_PER_CHANGED = 0.1;

const NEW = -1;

/** Does to one case what a quarter does to it. */
const change = (store: Cases, index: number, kind: number, at: number): boolean => {
  const { age, state } = store.columns;
  if (kind < 6) store.disable(index, at);
  else if (kind < 10) store.enable(index, at);
  else if (kind < 16) store.setAge(index, Math.min(25, Math.max(0, age[index]! + 1)), at);
  else if (kind < 18) store.turn18(index, at);
  else if (kind < 22) store.setType(index, kind < 20 ? REINTEGRATION : OTHER_TYPES[kind % 8]!, at);
  else if (kind < 40) store.addService(index, at);
  else if (kind < 46) store.dropService(index, at);
  else store.update(index, { at });
  return kind < 6 && state[index] === DISABLED;
};

/**
 * Changes about `share` of the cases, adds a tenth as many, and disables some, dated between `from`
 * and `to`. The changes are made in the order of their dates, which the search log is quickest with.
 */
export const playQuarter = (store: Cases, { seed, from, to, share }: Quarter): QuarterCounts => {
  const indexes: number[] = [];
  for (let index = 0; index < store.size; index++)
    if (store.exists(index) && fraction(mix(seed, 71), index) < share) indexes.push(index);
  const changed = indexes.length;
  const created = Math.round(changed * NEW_PER_CHANGED);
  for (let i = 0; i < created; i++) indexes.push(NEW);

  const times = Float64Array.from(indexes, (_, i) =>
    Math.floor(from + fraction(mix(seed, 72), i) * (to - from + 1)),
  );
  const order = Uint32Array.from(indexes, (_, i) => i).sort((a, b) => times[a]! - times[b]!);
  let disabled = 0;
  for (const i of order) {
    const at = times[i]!;
    if (indexes[i] === NEW) store.create({ at });
    else if (change(store, indexes[i]!, mix(mix(seed, 73), i) % 100, at)) disabled++;
  }
  return { changed, created, disabled };
};
