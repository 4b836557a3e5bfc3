import { HOLE } from './packed.ts';

/**
 * Cases in the order of a time, oldest first. A case whose time changes leaves a hole and is
 * appended at the end; a time that is not the newest makes the log be sorted again, at the next
 * look. Positions are found by bisection, holes keep their time.
 */
export class OrderLog {
  /** Case at each position. */
  index: Int32Array;
  /** Its time, ms. */
  time: Float64Array;
  /** Its packed filter values, or HOLE. */
  packed: Uint16Array;
  length = 0;
  #position: Int32Array;
  #holes = 0;
  #sorted = true;

  constructor(capacity: number) {
    this.index = new Int32Array(capacity);
    this.time = new Float64Array(capacity);
    this.packed = new Uint16Array(capacity);
    this.#position = new Int32Array(capacity).fill(-1);
  }

  get live(): number {
    return this.length - this.#holes;
  }

  /** Fills an empty log with cases 0, 1, 2 …, of whose times none is left out. */
  load(times: Float64Array, packed: Uint16Array): void {
    this.time.set(times);
    this.packed.set(packed);
    this.length = times.length;
    for (let n = 0; n < times.length; n++) {
      this.index[n] = n;
      this.#position[n] = n;
      if (n > 0 && times[n]! < times[n - 1]!) this.#sorted = false;
    }
  }

  /** Puts a case in, or moves it to its new time and values. */
  set(index: number, time: number, packed: number): void {
    const known = this.positionOf(index);
    if (known >= 0) {
      if (this.time[known] === time) {
        this.packed[known] = packed;
        return;
      }
      this.remove(index);
    }
    if (this.length === this.index.length) this.#makeRoom();
    if (this.length > 0 && time < this.time[this.length - 1]!) this.#sorted = false;
    this.index[this.length] = index;
    this.time[this.length] = time;
    this.packed[this.length] = packed;
    this.#setPosition(index, this.length);
    this.length++;
  }

  clear(): void {
    this.#position.fill(-1);
    this.length = 0;
    this.#holes = 0;
    this.#sorted = true;
  }

  remove(index: number): void {
    const position = this.positionOf(index);
    if (position < 0) return;
    this.packed[position] = HOLE;
    this.#position[index] = -1;
    this.#holes++;
  }

  positionOf(index: number): number {
    return index < this.#position.length ? this.#position[index]! : -1;
  }

  /** First position whose time is not before the given one; call `sort()` before. */
  firstAt(time: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.time[middle]! < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Restores the order after changes with an older time. */
  sort(): void {
    if (this.#sorted) return;
    this.#rebuild(this.index.length);
  }

  #setPosition(index: number, position: number): void {
    if (index >= this.#position.length) {
      const grown = new Int32Array(Math.max(index + 1, Math.ceil(this.#position.length * 1.5)));
      grown.fill(-1, this.#position.length);
      grown.set(this.#position);
      this.#position = grown;
    }
    this.#position[index] = position;
  }

  #makeRoom(): void {
    // Many holes: closing them is room enough.
    const roomy = this.#holes > this.length / 4;
    this.#rebuild(roomy ? this.index.length : Math.max(64, Math.ceil(this.length * 1.5)));
  }

  #rebuild(capacity: number): void {
    const { index, time, packed } = this;
    const order = new Int32Array(this.live);
    let n = 0;
    for (let p = 0; p < this.length; p++) if (packed[p] !== HOLE) order[n++] = p;
    if (!this.#sorted) order.sort((a, b) => time[a]! - time[b]! || a - b);
    this.index = new Int32Array(capacity);
    this.time = new Float64Array(capacity);
    this.packed = new Uint16Array(capacity);
    for (let p = 0; p < n; p++) {
      const from = order[p]!;
      this.index[p] = index[from]!;
      this.time[p] = time[from]!;
      this.packed[p] = packed[from]!;
      this.#position[index[from]!] = p;
    }
    this.length = n;
    this.#holes = 0;
    this.#sorted = true;
  }
}
