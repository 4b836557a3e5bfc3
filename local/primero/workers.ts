import { REQUEST_MS } from './costs.ts';

/**
 * The processes that answer: each one question at a time, which takes as long as it costs. What
 * comes while all are busy waits its turn.
 */
export class Workers {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Answers one question. `costOf`: ms that its answer costs; one that fails costs a request. */
  async answer<T>(work: () => Promise<T>, costOf: (answer: T) => number): Promise<T> {
    await this.#begin();
    const start = performance.now();
    let cost = REQUEST_MS;
    try {
      const answer = await work();
      cost = costOf(answer);
      return answer;
    } finally {
      await this.#pause(cost - (performance.now() - start));
      this.#end();
    }
  }

  async #begin(): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #end(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }

  /** A server that closes does not wait for it. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)).unref());
  }
}
