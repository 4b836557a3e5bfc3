import { OrderLog } from './order-log.ts';
import { HOLE } from './packed.ts';

type Change = { due: number; index: number; time: number; packed: number };

/**
 * What the search knows of the cases. With a delay it is Solr, which learns of a change at its next
 * commit; without one it is the database itself.
 */
export class SearchIndex {
  readonly log: OrderLog;
  readonly #delayMs: number;
  readonly #now: () => number;
  #waiting: Change[] = [];

  constructor(capacity: number, delayMs: number, now: () => number) {
    this.log = new OrderLog(capacity);
    this.#delayMs = delayMs;
    this.#now = now;
  }

  set(index: number, time: number, packed: number): void {
    if (this.#delayMs === 0) this.#apply(index, time, packed);
    else this.#waiting.push({ due: this.#now() + this.#delayMs, index, time, packed });
  }

  remove(index: number): void {
    this.set(index, 0, HOLE);
  }

  /** The log, with all in it that is due by now, in order. */
  refresh(): OrderLog {
    if (this.#waiting.length > 0) {
      const now = this.#now();
      const due = this.#waiting.filter((change) => change.due <= now);
      this.#waiting = this.#waiting.filter((change) => change.due > now);
      for (const { index, time, packed } of due) this.#apply(index, time, packed);
    }
    this.log.sort();
    return this.log;
  }

  #apply(index: number, time: number, packed: number): void {
    if (packed === HOLE) this.log.remove(index);
    else this.log.set(index, time, packed);
  }
}
