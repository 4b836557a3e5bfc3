import type { Run } from './run.ts';

/** A history that does not go on: a fault of the simulation, or of what it plays on. */
export class Stuck extends Error {}

/** Real ms that nothing in a history takes, on however busy a machine. */
const LONGEST_MS = 60_000;

/** Events of a history: far more than any known has. */
const MOST_EVENTS = 200_000;

/** How long a history may stand still, real ms, and how many events it may have. */
export type Limits = { longest: number; most: number };

/** What each run that is not over is at, for the error. */
export const describeRuns = (runs: readonly Run[], holder: Run | null): string =>
  runs
    .filter(({ done }) => !done)
    .map((run) => {
      const turns = Array.from(run.turns, ({ operation: { kind, text } }) =>
        `${kind} ${text.trim().slice(0, 40)}`.trim(),
      );
      const parts = [
        turns.join(', ') || 'no operation',
        `${run.timers.size} timers`,
        ...(run.killed ? ['killed'] : []),
        ...(run === holder ? ['holds the lock'] : []),
      ];
      return `run ${run.id}: ${parts.join('; ')}`;
    })
    .join('\n');

/** Sees to it that a history ends, or says where it stands. */
export class Patience {
  #events = 0;
  readonly #describe: () => string;
  readonly #limits: Limits;

  /** @param describe what all are at */
  constructor(describe: () => string, limits: Limits = { longest: LONGEST_MS, most: MOST_EVENTS }) {
    this.#describe = describe;
    this.#limits = limits;
  }

  /**
   * Counts an event.
   * @throws {Stuck} where there are too many
   */
  count(): void {
    this.#events += 1;
    if (this.#events > this.#limits.most)
      throw this.#stuck(`does not end: ${this.#limits.most} events`);
  }

  /**
   * Waits for what takes real time.
   * @throws {Stuck} where it takes too long
   */
  async within<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.#tooLate('an event')), this.#limits.longest);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Lets all else go on until a condition holds.
   * @throws {Stuck} where it takes too long
   */
  async until(holds: () => boolean): Promise<void> {
    const started = performance.now();
    do {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (performance.now() - started > this.#limits.longest) throw this.#tooLate('a run');
    } while (!holds());
  }

  #tooLate(what: string): Stuck {
    return this.#stuck(`hangs: ${what} takes more than ${this.#limits.longest / 1000} s`);
  }

  #stuck(how: string): Stuck {
    return new Stuck(`The history ${how}\n${this.#describe()}`);
  }
}
