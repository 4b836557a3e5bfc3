import type { Columns } from './columns.ts';
import { OrderLog } from './order-log.ts';

/** What the search goes by; times in ms, `packed` as in packed.ts. */
export type Entry = { updatedAt: number; createdAt: number; packed: number };

type Change = Entry & { due: number; index: number };

/**
 * What the search knows of the cases, in the order of either time. With a delay it is Solr, which
 * learns of a change at its next commit; without one it is the database itself.
 */
export class SearchIndex {
  readonly updated: OrderLog;
  readonly created: OrderLog;
  /** ms until a change is known. */
  delayMs: number;
  /** Where a case without `created_at` stands in that order, ms. */
  readonly #undated: number;
  readonly #now: () => number;
  #waiting: Change[] = [];

  constructor(
    capacity: number,
    { delayMs, undated, now }: { delayMs: number; undated: number; now: () => number },
  ) {
    this.updated = new OrderLog(capacity);
    this.created = new OrderLog(capacity);
    this.delayMs = delayMs;
    this.#undated = undated;
    this.#now = now;
  }

  /** Learns of the cases at the start, whose times are all known. */
  load({ updatedAt, createdAt }: Columns, packed: Uint16Array): void {
    this.updated.load(updatedAt.subarray(0, packed.length), packed);
    this.created.load(createdAt.subarray(0, packed.length), packed);
  }

  /** Tells of a new or changed case. */
  set(index: number, entry: Entry): void {
    if (this.delayMs === 0) this.setNow(index, entry);
    else this.#waiting.push({ ...entry, due: this.#now() + this.delayMs, index });
  }

  setNow(index: number, { updatedAt, createdAt, packed }: Entry): void {
    this.updated.set(index, updatedAt, packed);
    this.created.set(index, Number.isNaN(createdAt) ? this.#undated : createdAt, packed);
  }

  /** Forgets a case, and what was to be learnt of it. */
  remove(index: number): void {
    this.#waiting = this.#waiting.filter((change) => change.index !== index);
    this.updated.remove(index);
    this.created.remove(index);
  }

  has(index: number): boolean {
    return this.updated.positionOf(index) >= 0;
  }

  clear(): void {
    this.#waiting = [];
    this.updated.clear();
    this.created.clear();
  }

  /** Takes in all that is due by now, and puts both orders right. */
  refresh(): void {
    if (this.#waiting.length > 0) {
      const now = this.#now();
      const due = this.#waiting.filter((change) => change.due <= now);
      this.#waiting = this.#waiting.filter((change) => change.due > now);
      for (const change of due) this.setNow(change.index, change);
    }
    this.updated.sort();
    this.created.sort();
  }
}
