import type { Columns } from './columns.ts';

/** Cases in the order of `created_at`, Primero's default. Made when it is first asked for. */
export class CreationOrder {
  readonly #columns: Columns;
  #order: Int32Array | undefined;
  #length = 0;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  /** Takes in a new case; one that was not made last makes the order be worked out again. */
  add(index: number): void {
    if (!this.#order) return;
    const { createdAt } = this.#columns;
    const last = this.#order[this.#length - 1];
    if (last !== undefined && createdAt[index]! < createdAt[last]!) {
      this.reset();
      return;
    }
    if (this.#length === this.#order.length) {
      const grown = new Int32Array(Math.max(64, Math.ceil(this.#length * 1.2)));
      grown.set(this.#order);
      this.#order = grown;
    }
    this.#order[this.#length++] = index;
  }

  reset(): void {
    this.#order = undefined;
  }

  /** Indexes of all cases ever made, oldest first. */
  get(): Int32Array {
    if (!this.#order) {
      const { createdAt, size } = this.#columns;
      this.#order = new Int32Array(size);
      for (let index = 0; index < size; index++) this.#order[index] = index;
      this.#order.sort((a, b) => createdAt[a]! - createdAt[b]!);
      this.#length = size;
    }
    return this.#order.subarray(0, this.#length);
  }
}
