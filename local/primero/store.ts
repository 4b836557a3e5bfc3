import { type Columns, makeColumns, NO_AGE } from './columns.ts';
import { CreationOrder } from './creation-order.ts';
import { indexOfId } from './identity.ts';
import { initialTimes } from './initial-times.ts';
import { drawCase } from './new-case.ts';
import { asAge, asEnabled, asTime, type Overrides, setOwn } from './overrides.ts';
import { ODD_AGE, ODD_TYPE, pack } from './packed.ts';
import { playQuarter, type Quarter, type QuarterCounts } from './quarter.ts';
import { CaseView } from './records/case-view.ts';
import {
  ALL_FIELDS,
  FIELDS,
  type Field,
  fieldsOf,
  makeRecord,
  type PrimeroRecord,
} from './records/fields.ts';
import { makeService } from './records/services.ts';
import { SearchIndex } from './search-index.ts';
import { addedIn, addTo, dropFrom } from './services-mask.ts';
import type { StoreOptions } from './store-options.ts';
import { TypeNames } from './type-names.ts';

/** One case in short, as `cases()` and predicates see it. Read it at once: it is used again. */
export type CaseFacts = {
  readonly index: number;
  readonly updatedAt: number;
  readonly createdAt: number;
  readonly age: number | null;
  readonly type: string | undefined;
  readonly enabled: boolean;
};

/**
 * The cases of a sandbox Primero. None is held as an object: what is filtered and sorted lies in
 * typed arrays, everything else is made when it is asked for.
 *
 * Each method that changes a case dates the change `at` (ms), by default the server's now, as
 * Primero does with `last_updated_at`.
 */
export class PrimeroStore {
  readonly seed: number;
  readonly columns: Columns;
  readonly search: SearchIndex;
  readonly byCreation: CreationOrder;
  readonly types = new TypeNames();
  /** Whether there are ages or types that do not fit into packed filter values. */
  hasOdd = false;
  readonly #overrides = new Map<number, Overrides>();
  readonly #ids = new Map<string, number>();
  readonly #view: CaseView;
  readonly #now: () => number;

  constructor({ cases, seed, now, until, commitDelayMs, family, sameInstant }: StoreOptions) {
    this.seed = seed;
    this.#now = now;
    const capacity = Math.max(64, Math.ceil(cases * 1.1));
    this.columns = makeColumns(capacity);
    this.byCreation = new CreationOrder(this.columns);
    this.#view = new CaseView(seed, this.columns, this.types.names);
    this.search = new SearchIndex(capacity, family === '2.9' ? commitDelayMs : 0, now);
    for (const time of initialTimes({ cases, seed, until, sameInstant })) {
      const index = this.columns.add();
      drawCase(this.columns, seed, index, time);
      this.search.log.set(index, time, this.#pack(index));
    }
  }

  /** How many cases were ever made; indexes go from 0 to one less. */
  get size(): number {
    return this.columns.size;
  }

  /** Makes a case, with these fields given and the others drawn; returns its index. */
  create({ at = this.#now(), fields = {} }: { at?: number; fields?: Overrides } = {}): number {
    const index = this.columns.add();
    drawCase(this.columns, this.seed, index, at);
    this.columns.createdAt[index] = at;
    this.columns.enabled[index] = 1;
    this.#override(index, fields);
    this.#changed(index, at);
    this.byCreation.add(index);
    return index;
  }

  /** Changes a case: some of its fields get other values, and those given these. */
  update(
    index: number,
    { at, changes = {} }: { at?: number | undefined; changes?: Overrides } = {},
  ): void {
    this.#override(index, changes);
    this.#changed(index, at);
  }

  /** Takes a case out of use: `record_state` becomes false. */
  disable(index: number, at?: number): void {
    this.update(index, { changes: { record_state: false }, at });
  }

  enable(index: number, at?: number): void {
    this.update(index, { changes: { record_state: true }, at });
  }

  /** Gives a case an age, or blanks it with null. */
  setAge(index: number, age: number | null, at?: number): void {
    this.update(index, { changes: { age }, at });
  }

  turn18(index: number, at?: number): void {
    this.setAge(index, 18, at);
  }

  setType(index: number, type: string | null, at?: number): void {
    this.update(index, { changes: { type_of_case: type }, at });
  }

  /** Adds one service; a case that has 32 keeps them. */
  addService(index: number, at?: number): void {
    this.#setServices(index, at, addTo);
  }

  /** Takes away the oldest service, if there is one. */
  dropService(index: number, at?: number): void {
    this.#setServices(index, at, dropFrom);
  }

  /** Deletes a case from the database, which Primero itself never does. */
  deleteForGood(index: number): void {
    this.columns.deleted[index] = 1;
    this.search.remove(index);
  }

  /**
   * Puts in a hand-made record: these values as they stand, `undefined` for a field that shall be
   * missing, and drawn values for all others. Its `id` says which case is meant, if there is one;
   * its `last_updated_at` dates it where that is a date.
   */
  put(record: Overrides, at?: number): number {
    const known = typeof record.id === 'string' ? this.indexOf(record.id) : undefined;
    const time = asTime(record.last_updated_at) ?? at ?? this.#now();
    const index = known ?? this.create({ at: time });
    if (typeof record.id === 'string' && known === undefined) this.#ids.set(record.id, index);
    this.columns.createdAt[index] = asTime(record.created_at) ?? this.columns.createdAt[index]!;
    this.byCreation.reset();
    this.#changed(index, time);
    this.#override(index, record);
    this.search.set(index, time, this.#pack(index));
    return index;
  }

  /** A quarter's worth of changes, the same for the same arguments; returns how many of each. */
  quarter(quarter: Quarter): QuarterCounts {
    return playQuarter(this, quarter);
  }

  /** One record as Primero would give it now; of just these fields if some are named. */
  record(index: number, fields?: readonly string[]): PrimeroRecord {
    return this.render(index, fields ? fieldsOf(fields) : ALL_FIELDS, fields);
  }

  /** All records that pass, oldest change first. */
  snapshot(passes?: (facts: CaseFacts) => boolean, fields?: readonly string[]): PrimeroRecord[] {
    const chosen = fields ? fieldsOf(fields) : ALL_FIELDS;
    const records: PrimeroRecord[] = [];
    for (const facts of this.cases())
      if (!passes || passes(facts)) records.push(this.render(facts.index, chosen, fields));
    const time = (record: PrimeroRecord) => asTime(record.last_updated_at) ?? 0;
    return records.sort((a, b) => time(a) - time(b));
  }

  /** Each case that is not deleted, in the order of their making. */
  *cases(): Generator<CaseFacts> {
    for (let index = 0; index < this.size; index++) {
      if (this.exists(index)) yield this.#view.at(index);
    }
  }

  exists(index: number): boolean {
    return index >= 0 && index < this.size && this.columns.deleted[index] === 0;
  }

  /** One field of one record, as Primero would give it now. */
  field(index: number, name: string): unknown {
    const override = this.#overrides.get(index);
    if (override && Object.hasOwn(override, name)) return override[name];
    return FIELDS.get(name)?.(this.#view.at(index));
  }

  /** The index of the case with this id, or undefined. */
  indexOf(id: string): number | undefined {
    const index = this.#ids.get(id) ?? indexOfId(this.seed, id);
    return this.exists(index) && this.field(index, 'id') === id ? index : undefined;
  }

  /** Makes a record; `named`: only these, also of the hand-made fields that no case else has. */
  render(index: number, fields: readonly Field[], named?: readonly string[]): PrimeroRecord {
    const record = makeRecord(this.#view.at(index), fields);
    const override = this.#overrides.get(index);
    if (!override) return record;
    for (const [name, value] of Object.entries(override)) {
      const chosen = named ? name in record || named.includes(name) : true;
      if (value === undefined) delete (record as Overrides)[name];
      else if (chosen) setOwn(record, name, value);
    }
    return record;
  }

  #setServices(index: number, at: number | undefined, change: typeof addTo): void {
    const override = this.#overrides.get(index);
    const before = this.columns.services[index]!;
    const after = change(before);
    this.columns.services[index] = after;
    const listed = override?.services_section;
    if (override && Array.isArray(listed)) {
      const added =
        after > before ? [makeService(this.#view.at(index), addedIn(before, after))] : [];
      override.services_section = [...listed.slice(change === dropFrom ? 1 : 0), ...added];
    }
    this.update(index, { at });
  }

  #pack(index: number): number {
    const { age, type, enabled } = this.columns;
    const packed = pack(age[index]!, type[index]!, enabled[index] === 1);
    if ((packed & 0xff) === ODD_AGE || type[index]! >= ODD_TYPE) this.hasOdd = true;
    return packed;
  }

  #changed(index: number, at = this.#now()): void {
    const override = this.#overrides.get(index);
    if (override) delete override.last_updated_at;
    this.columns.version[index]!++;
    this.columns.updatedAt[index] = at;
    this.search.set(index, at, this.#pack(index));
  }

  /** Sets fields by hand; those that have a column go there, if they fit. */
  #override(index: number, changes: Overrides): void {
    const names = Object.keys(changes);
    if (names.length === 0) return;
    const rest: Overrides = { ...this.#overrides.get(index) };
    for (const name of names) {
      if (name === 'record_state') delete rest.enabled;
      if (this.#setColumn(index, name, changes[name])) delete rest[name];
      else setOwn(rest, name, changes[name]);
    }
    if (Object.keys(rest).length > 0) this.#overrides.set(index, rest);
    else this.#overrides.delete(index);
  }

  /** Whether the column alone now says what the record shall hold. */
  #setColumn(index: number, name: string, value: unknown): boolean {
    const { columns } = this;
    if (name === 'age') {
      columns.age[index] = asAge(value) ?? NO_AGE;
      return value === null || (typeof value === 'number' && asAge(value) === value);
    }
    if (name === 'type_of_case') {
      columns.type[index] = this.types.numberOf(value);
      return typeof value === 'string' && this.types.names[columns.type[index]!] === value;
    }
    if (name === 'record_state' || name === 'enabled') {
      columns.enabled[index] = asEnabled(value) ? 1 : 0;
      return typeof value === 'boolean';
    }
    return false;
  }
}
