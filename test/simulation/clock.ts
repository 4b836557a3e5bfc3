/** Something that is to happen at a simulated time. */
export type Event = { at: number; order: number; fire: () => void | Promise<void> };

/**
 * Simulated time: it stands still until the next event is fired, and then jumps there. Events of one time
 * are fired in the order in which they were planned.
 */
export class Clock {
  /** ms since 1970. */
  now: number;
  #planned: Event[] = [];
  #order = 0;

  constructor(now: number) {
    this.now = now;
  }

  /** Plans something in so many ms. */
  plan(ms: number, fire: Event['fire']): Event {
    const at = this.now + Math.max(0, Math.round(Number.isFinite(ms) ? ms : 0));
    const event = { at, order: this.#order++, fire };
    this.#planned.push(event);
    return event;
  }

  cancel(event: Event): void {
    this.#planned = this.#planned.filter((each) => each !== event);
  }

  /** Takes off the next event up to a time, and goes there; null where there is none. */
  next(until: number): Event | null {
    let first: Event | null = null;
    for (const event of this.#planned) {
      if (event.at > until) continue;
      if (!first || event.at < first.at || (event.at === first.at && event.order < first.order))
        first = event;
    }
    if (!first) return null;
    this.cancel(first);
    this.now = Math.max(this.now, first.at);
    return first;
  }
}
