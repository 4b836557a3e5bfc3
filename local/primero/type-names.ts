import { OTHER_TYPES, REINTEGRATION } from './codes.ts';

/** More types than this, and types that are no text, share one number. */
const NAMELESS = 65535;

/** Types of case by number, so that a column can hold them; 0 is a record without one. */
export class TypeNames {
  readonly names: (string | undefined)[] = [undefined, REINTEGRATION, ...OTHER_TYPES];
  readonly #numbers = new Map(this.names.map((name, number) => [name, number]));

  /** The number of a type, a new one if need be. */
  numberOf(type: unknown): number {
    if (type === null || type === undefined) return 0;
    if (typeof type !== 'string') return NAMELESS;
    const known = this.#numbers.get(type);
    if (known !== undefined) return known;
    if (this.names.length >= NAMELESS) return NAMELESS;
    this.#numbers.set(type, this.names.length);
    return this.names.push(type) - 1;
  }
}
