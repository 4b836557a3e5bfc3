import type { Columns } from '../columns.ts';
import { ENABLED, NO_AGE, NO_STATE } from '../columns.ts';
import { mix } from '../hash.ts';

/** One case, as the makers of fields see it. One object is used for all cases, one at a time. */
export class CaseView {
  readonly seed: number;
  /** Whether what is saved must fit Solr's types, as in family 2.9. */
  readonly forSolr: boolean;
  readonly #columns: Columns;
  readonly #typeNames: readonly (string | undefined)[];
  index = 0;
  /** Stands for (seed, index) in everything that is drawn. */
  base = 0;

  constructor(
    { seed, forSolr }: { seed: number; forSolr: boolean },
    columns: Columns,
    typeNames: readonly (string | undefined)[],
  ) {
    this.seed = seed;
    this.forSolr = forSolr;
    this.#columns = columns;
    this.#typeNames = typeNames;
  }

  at(index: number): this {
    this.index = index;
    this.base = mix(mix(this.seed, 101), index);
    return this;
  }

  get updatedAt(): number {
    return this.#columns.updatedAt[this.index]!;
  }

  /** NaN: the record has no such time. */
  get createdAt(): number {
    return this.#columns.createdAt[this.index]!;
  }

  /** When the case was made, which no edit changes: other dates follow it. */
  get madeAt(): number {
    return this.#columns.madeAt.get(this.index) ?? this.createdAt;
  }

  get age(): number | null {
    const age = this.#columns.age[this.index]!;
    return age === NO_AGE ? null : age;
  }

  get type(): string | undefined {
    return this.#typeNames[this.#columns.type[this.index]!];
  }

  get enabled(): boolean {
    return this.#columns.state[this.index] === ENABLED;
  }

  /** What `record_state` says; null: the record has none. */
  get recordState(): boolean | null {
    const state = this.#columns.state[this.index];
    return state === NO_STATE ? null : state === ENABLED;
  }

  get version(): number {
    return this.#columns.version[this.index]!;
  }

  /** Bit k: the case has its kth service. */
  get services(): number {
    return this.#columns.services[this.index]!;
  }
}

/** Makes one field's value; `undefined` leaves the field out of the record. */
export type Maker = (view: CaseView) => unknown;

/** One of a list, drawn by a number that `mix` made. */
export const pick = <T>(list: readonly T[], drawn: number): T => list[drawn % list.length]!;
