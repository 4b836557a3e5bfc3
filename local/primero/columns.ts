/**
 * What is filtered and sorted, as typed arrays: a million cases take some 30 MB, and no object each.
 * A row is what Primero's database holds now; what its search knows is in search-index.ts.
 */
export type Columns = ReturnType<typeof makeColumns>;

/** No age in the record. */
export const NO_AGE = -32768;

/** What `record_state` says; a record without one is neither enabled nor disabled. */
export const DISABLED = 0;
export const ENABLED = 1;
export const NO_STATE = 2;

const grow = <T extends { length: number; set(from: T): void }>(
  old: T,
  make: new (length: number) => T,
  length: number,
): T => {
  const grown = new make(length);
  grown.set(old);
  return grown;
};

export const makeColumns = (capacity: number) => {
  const columns = {
    size: 0,
    /** How many rows are deleted. */
    gone: 0,
    /** ms. */
    updatedAt: new Float64Array(capacity),
    /** ms with a fraction, as the database has microseconds; NaN: the record has no such time. */
    createdAt: new Float64Array(capacity),
    /** Years, or NO_AGE. */
    age: new Int16Array(capacity).fill(NO_AGE),
    /** Number in the store's list of types; 0 means none. */
    type: new Uint16Array(capacity),
    /** DISABLED, ENABLED or NO_STATE. */
    state: new Uint8Array(capacity),
    deleted: new Uint8Array(capacity),
    /** How often the case was changed: fields that follow it get other values. */
    version: new Uint16Array(capacity),
    /** Bit k: the case has its kth service. */
    services: new Uint32Array(capacity),
    /** When a case was made, ms, where its `created_at` says something else. */
    madeAt: new Map<number, number>(),
    /** Makes room for one more row, and returns its index. */
    add(): number {
      if (columns.size === columns.updatedAt.length) {
        const length = Math.max(64, Math.ceil(columns.size * 1.5));
        columns.updatedAt = grow(columns.updatedAt, Float64Array, length);
        columns.createdAt = grow(columns.createdAt, Float64Array, length);
        columns.age = grow(columns.age, Int16Array, length).fill(NO_AGE, columns.size);
        columns.type = grow(columns.type, Uint16Array, length);
        columns.state = grow(columns.state, Uint8Array, length);
        columns.deleted = grow(columns.deleted, Uint8Array, length);
        columns.version = grow(columns.version, Uint16Array, length);
        columns.services = grow(columns.services, Uint32Array, length);
      }
      return columns.size++;
    },
  };
  return columns;
};
