import { type Columns, ENABLED, makeColumns, NO_STATE } from './columns.ts';
import { Content } from './content.ts';
import { RULES } from './family.ts';
import { type GhostFacts, makeGhost } from './ghosts.ts';
import { fraction, mix } from './hash.ts';
import { indexOfId } from './identity.ts';
import { initialTimes } from './initial-times.ts';
import { drawCase, microseconds } from './new-case.ts';
import { asTime, type Overrides } from './overrides.ts';
import { ODD_AGE, ODD_TYPE, pack } from './packed.ts';
import { playQuarter, type Quarter, type QuarterCounts } from './quarter.ts';
import { CaseView } from './records/case-view.ts';
import { ALL_FIELDS, type Field, fieldsOf, type PrimeroRecord } from './records/fields.ts';
import { type Entry, SearchIndex } from './search-index.ts';
import { addedIn, addTo, dropFrom } from './services-mask.ts';
import { dateCreation, setColumn } from './set-column.ts';
import type { StoreOptions } from './store-options.ts';
import { TypeNames } from './type-names.ts';

/** One case in short, as `cases()` and predicates see it. Read it at once: it is used again. */
export type CaseFacts = {
  readonly index: number;
  readonly updatedAt: number;
  /** ms, with a fraction: the database has microseconds. NaN: the record has no such time. */
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
  readonly types = new TypeNames();
  /** Whether there are ages, types or states that do not fit into packed filter values. */
  hasOdd = false;
  readonly #hasIndex: boolean;
  readonly #ids = new Map<string, number>();
  readonly #view: CaseView;
  readonly #content: Content;
  readonly #now: () => number;
  /** Share of the cases that the search shows while it is being reindexed. */
  #indexed = 1;

  constructor({ cases, seed, now, until, commitDelayMs, family, sameInstant }: StoreOptions) {
    this.seed = seed;
    this.#now = now;
    this.#hasIndex = RULES[family].engine === 'solr';
    const capacity = Math.max(64, Math.ceil(cases * 1.1));
    this.columns = makeColumns(capacity);
    this.#view = new CaseView({ seed, forSolr: this.#hasIndex }, this.columns, this.types.names);
    this.#content = new Content(this.#view);
    this.search = new SearchIndex(capacity, {
      delayMs: this.#hasIndex ? commitDelayMs : 0,
      // Solr takes a missing time for 1970, PostgreSQL puts it after all others.
      undated: this.#hasIndex ? 0 : Number.POSITIVE_INFINITY,
      now,
    });
    const packed = new Uint16Array(cases);
    for (const time of initialTimes({ cases, seed, until, sameInstant })) {
      const index = this.columns.add();
      drawCase(this.columns, seed, index, time);
      packed[index] = this.#pack(index);
    }
    this.search.load(this.columns, packed);
  }

  /** How many cases were ever made; indexes go from 0 to one less. */
  get size(): number {
    return this.columns.size;
  }

  /** How many cases there are in the database. */
  get live(): number {
    return this.columns.size - this.columns.gone;
  }

  /** Makes a case, with these fields given and the others drawn; returns its index. */
  create({ at = this.#now(), fields = {} }: { at?: number; fields?: Overrides } = {}): number {
    const index = this.columns.add();
    drawCase(this.columns, this.seed, index, at);
    this.columns.createdAt[index] = at + microseconds(this.seed, index);
    this.columns.state[index] = ENABLED;
    this.#override(index, fields);
    this.#changed(index, at);
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

  /** Takes a case out of use, as `DELETE` does: `record_state` becomes false. */
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

  /** Edits the time of creation, ms, a fraction for microseconds; null takes it away. */
  setCreatedAt(index: number, createdAt: number | null, at?: number): void {
    dateCreation(this.columns, index, createdAt ?? Number.NaN);
    this.#content.redraw(index, 'created_at');
    this.update(index, { at });
  }

  /** Adds one service; a case that has 32 keeps them. */
  addService(index: number, at?: number): void {
    const before = this.columns.services[index]!;
    const after = addTo(before);
    this.columns.services[index] = after;
    this.#content.addService(index, addedIn(before, after));
    this.update(index, { at });
  }

  /** Takes away the oldest service, if there is one. */
  dropService(index: number, at?: number): void {
    this.columns.services[index] = dropFrom(this.columns.services[index]!);
    this.#content.dropService(index);
    this.update(index, { at });
  }

  /**
   * Deletes a case from the database, which only an administrator's hand does. Solr is not told: in
   * family 2.9 a ghost stays, which totals count until someone reindexes.
   */
  deleteForGood(index: number): void {
    if (this.exists(index)) this.columns.gone++;
    this.columns.deleted[index] = 1;
    if (!this.#hasIndex) this.search.remove(index);
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
    this.#changed(index, time);
    this.#override(index, record);
    this.search.set(index, this.#entry(index));
    return index;
  }

  /** A quarter's worth of changes, the same for the same arguments; returns how many of each. */
  quarter(quarter: Quarter): QuarterCounts {
    return playQuarter(this, quarter);
  }

  /**
   * Takes a case out of the search index, where `GET /cases/ID` still has it; until it is saved
   * again, shown or reindexed.
   * @throws Error for a family without an index
   */
  hideFromIndex(index: number): void {
    this.#needIndex();
    this.search.remove(index);
  }

  showInIndex(index: number): void {
    this.#needIndex();
    if (this.exists(index)) this.search.setNow(index, this.#entry(index));
  }

  /**
   * Adds records that are in the search index and no longer in the database. Totals count them, and
   * pages come short, until someone reindexes.
   * @throws Error for a family without an index
   */
  addGhosts(count: number, facts: GhostFacts): void {
    this.#needIndex();
    for (let i = 0; i < count; i++) {
      const index = makeGhost(this, facts);
      this.search.setNow(index, this.#entry(index));
    }
  }

  /**
   * Builds the search index anew, as far as `share` (0 to 1) of the cases. A larger share goes on
   * from there; 1 ends it, and then ghosts are gone and hidden cases are back.
   * @throws Error for a family without an index
   */
  reindex(share = 1): void {
    this.#needIndex();
    if (share <= this.#indexed) this.search.clear();
    this.#indexed = share;
    for (let index = 0; index < this.size; index++)
      if (this.exists(index) && fraction(mix(this.seed, 81), index) < share)
        this.search.setNow(index, this.#entry(index));
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
    for (let index = 0; index < this.size; index++) if (this.exists(index)) yield this.facts(index);
  }

  /** One case in short. Read it at once: it is used again. */
  facts(index: number): CaseFacts {
    return this.#view.at(index);
  }

  exists(index: number): boolean {
    return index >= 0 && index < this.size && this.columns.deleted[index] === 0;
  }

  /** One field of one record, as Primero would give it now. */
  field(index: number, name: string): unknown {
    return this.#content.field(index, name);
  }

  /** The index of the case with this id, or undefined; `orGone`: also of one that was deleted. */
  indexOf(id: string, { orGone = false } = {}): number | undefined {
    const index = this.#ids.get(id) ?? indexOfId(this.seed, id);
    const known = orGone ? index >= 0 && index < this.size : this.exists(index);
    return known && this.field(index, 'id') === id ? index : undefined;
  }

  /** Makes a record; `named`: only these, also of the hand-made fields that no case else has. */
  render(index: number, fields: readonly Field[], named?: readonly string[]): PrimeroRecord {
    return this.#content.render(index, fields, named);
  }

  #needIndex(): void {
    if (!this.#hasIndex) throw new Error('Only family 2.9 has a search index beside its database');
  }

  #pack(index: number): number {
    const { age, type, state } = this.columns;
    const packed = pack(age[index]!, type[index]!, state[index] === ENABLED);
    if ((packed & 0xff) === ODD_AGE || type[index]! >= ODD_TYPE || state[index] === NO_STATE)
      this.hasOdd = true;
    return packed;
  }

  #entry(index: number): Entry {
    const { updatedAt, createdAt } = this.columns;
    const packed = this.#pack(index);
    return { updatedAt: updatedAt[index]!, createdAt: createdAt[index]!, packed };
  }

  #changed(index: number, at = this.#now()): void {
    this.#content.redraw(index, 'last_updated_at');
    this.columns.version[index]!++;
    this.columns.updatedAt[index] = at;
    this.search.set(index, this.#entry(index));
  }

  #override(index: number, changes: Overrides): void {
    this.#content.override(index, changes, (name) => setColumn(this, index, name, changes[name]));
  }
}
