/** What a job asks of the world: a request, a statement, a post. `execute` does it for real, when its turn comes. */
export interface Operation {
  kind: 'get' | 'sql' | 'post';
  text: string;
  execute: () => Promise<unknown>;
}

interface Pending extends Operation {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

interface Timer {
  at: number;
  fire: () => void;
}

/** What an operation gives that never answers. */
export const NEVER = Symbol('never');

/** One execution of the chain's jobs. It stands still between two turns. */
export class Run {
  readonly id: number;
  pending: Pending | null = null;
  readonly timers = new Map<number, Timer>();
  isDone = false;
  isDead = false;
  turns = 0;
  error: Error | null = null;

  constructor(id: number) {
    this.id = id;
  }

  get isActive(): boolean {
    return !this.isDone && !this.isDead;
  }
}

const quiet = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Where runs act, one at a time and one operation a turn: so a history is the same each time it is played. */
export class Stage {
  /** ms since 1970, for Primero and the jobs. */
  now: number;
  readonly random: () => number;
  #current: Run | null = null;
  #timers = 0;

  constructor(now: number, random: () => number) {
    this.now = now;
    this.random = random;
  }

  /** The run whose code is being executed. */
  get current(): Run {
    if (!this.#current) throw new Error('Simulation: no run has its turn');
    return this.#current;
  }

  /** Starts a run, up to its first operation. */
  async start(run: Run, work: () => Promise<void>): Promise<void> {
    await this.#let(run, () => {
      work().then(
        () => {
          run.isDone = true;
        },
        (error) => {
          run.error = error instanceof Error ? error : new Error(String(error));
          run.isDone = true;
        },
      );
    });
  }

  /** Waits for the turn of an operation of the current run. */
  pass(operation: Operation): Promise<unknown> {
    const run = this.current;
    if (run.pending) throw new Error('Simulation: a run does two things at once');
    return new Promise((resolve, reject) => {
      run.pending = { ...operation, resolve, reject };
    });
  }

  /** Does one operation of a run, or lets its next timer fire, and waits until it stands still again. */
  async turn(run: Run): Promise<void> {
    run.turns += 1;
    const { pending } = run;
    if (!pending) return this.#fire(run);
    run.pending = null;
    const [value, error] = await pending.execute().then(
      (result) => [result, null],
      (failure) => [null, failure],
    );
    if (run.isDead || value === NEVER) return;
    await this.#let(run, () => (error === null ? pending.resolve(value) : pending.reject(error)));
  }

  async #fire(run: Run): Promise<void> {
    const [first] = [...run.timers].sort((a, b) => a[1].at - b[1].at);
    if (!first) throw new Error('Simulation: a run waits for nothing');
    const [id, { at, fire }] = first;
    run.timers.delete(id);
    this.now = Math.max(this.now, at);
    await this.#let(run, fire);
  }

  async #let(run: Run, go: () => void): Promise<void> {
    this.#current = run;
    go();
    // Between two operations a job waits for nothing outside: all it does is done by then.
    await quiet();
    this.#current = null;
  }

  setTimer(fire: () => void, ms: number): number {
    const id = ++this.#timers;
    this.current.timers.set(id, { at: this.now + ms, fire });
    return id;
  }

  clearTimer(id: number): void {
    this.#current?.timers.delete(id);
  }
}
