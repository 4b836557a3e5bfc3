import type { RunResult } from '../../local/runner/index.ts';
import type { Clock, Event } from './clock.ts';
import type { Database } from './database.ts';
import { type Gate, gates, type Operation } from './gate.ts';
import { Killed, type Run, type Turn } from './run.ts';
import { describeRuns, type Limits, Patience, Stuck } from './stuck.ts';
import { layWire } from './wire.ts';

type Options = {
  clock: Clock;
  ona: Database;
  /** Ends runs after 5 minutes, as the platform does. */
  limitsRuns: boolean;
  /** ms that an operation takes, there and back. */
  latency: (turn: Turn) => [out: number, back: number];
  disturb: (moment: 'before' | 'after', turn: Turn) => Promise<void>;
  /** Counts what is played. */
  count: (event: string) => void;
  /** Called when all wait. */
  idle: () => Promise<void>;
  /** How long a history may stand still. */
  limits?: Limits;
};

const RUN_LIMIT_MS = 300_000;
const LOCK_TIMEOUT_MS = 60_000;

const LOCK = 'pg_advisory_xact_lock';
const isOfOna = ({ kind }: Operation) => kind === 'connect' || kind === 'sql';

/**
 * Runs jobs in simulated time: each request, statement, post and timer of a run is an event, one is fired
 * at a time, and the next only once all runs wait. So a history is the same each time it is played.
 */
export class Machine {
  readonly clock: Clock;
  readonly runs: Run[] = [];
  /** The run whose transaction the others wait for. */
  holder: Run | null = null;
  /** How many runs have ended, and how often any has committed. */
  ended = 0;
  commits = 0;
  /** The turn that is being played. */
  current: Turn | null = null;
  #blocked: { turn: Turn; answer: Promise<() => Promise<void>> }[] = [];
  #options: Options;
  #timers = 0;
  readonly #patience: Patience;

  constructor(options: Options) {
    this.#options = options;
    this.clock = options.clock;
    this.#patience = new Patience(() => describeRuns(this.runs, this.holder), options.limits);
  }

  get isBusy(): boolean {
    return this.runs.some((run) => !run.done);
  }

  /** Starts a run; it goes on as time does. */
  async start(work: () => Promise<RunResult>, prepare: (run: Run) => void): Promise<Run> {
    const run: Run = {
      id: this.runs.length,
      startedAt: this.clock.now,
      wire: await layWire(this.#options.ona.credentials),
      counts: { get: 0, connect: 0, sql: 0, post: 0 },
      turns: new Set(),
      timers: new Map(),
      batch: null,
      ...{ killed: false, done: false, result: null },
    };
    this.runs.push(run);
    prepare(run);
    const gate: Gate & { run: Run } = {
      run,
      pass: (operation) => this.#pass(run, operation),
      saw: (state) => {
        run.batch = JSON.parse(JSON.stringify({ ...state, configuration: undefined }));
      },
    };
    if (this.#options.limitsRuns) {
      this.clock.plan(RUN_LIMIT_MS, () => {
        if (!run.done) this.#options.count('a run is ended after 5 minutes');
        return this.kill(run);
      });
    }
    void gates.run(gate, work).then(async (result) => {
      run.result = result;
      await run.wire.close();
      await this.#release(run);
      run.done = true;
      this.ended += 1;
    });
    await this.settle();
    return run;
  }

  /** Lets time pass up to then. */
  async advance(until: number): Promise<void> {
    await this.settle();
    for (let event = this.clock.next(until); event; event = this.clock.next(until))
      await this.#fire(event);
    this.clock.now = Math.max(this.clock.now, until);
  }

  /** Lets time pass until no run is under way. */
  async finish(): Promise<void> {
    await this.settle();
    while (this.isBusy) {
      const event = this.clock.next(Number.POSITIVE_INFINITY);
      if (!event) throw new Stuck('Simulation: runs wait for nothing');
      await this.#fire(event);
    }
  }

  /** Ends all runs. */
  async end(): Promise<void> {
    for (const run of this.runs) await this.#patience.within(this.kill(run));
    await this.finish();
  }

  /** @throws {Stuck} where the history does not go on */
  async #fire(event: Event): Promise<void> {
    this.#patience.count();
    await this.#patience.within(Promise.resolve(event.fire()));
    await this.settle();
    await this.#patience.within(this.#options.idle());
  }

  /** Until every run waits for an event, or is done. */
  async settle(): Promise<void> {
    const isWaiting = (run: Run) =>
      run.done || run.timers.size > 0 || [...run.turns].some(({ operation }) => isOfOna(operation));
    await this.#patience.until(() => this.runs.every(isWaiting));
  }

  /** Ends a run here, as if its process had died. */
  async kill(run: Run): Promise<void> {
    if (run.done || run.killed) return;
    run.killed = true;
    for (const event of run.timers.values()) {
      this.clock.cancel(event);
      this.clock.plan(0, event.fire);
    }
    await this.cut(run);
    for (const turn of [...run.turns]) {
      if (turn.event) this.clock.cancel(turn.event);
      turn.reject(new Killed('killed'));
    }
  }

  /** Breaks a run's connection to PostgreSQL. */
  async cut(run: Run): Promise<void> {
    const port = run.wire.clientPort();
    const waits = this.#blocked.some(({ turn }) => turn.run === run);
    run.wire.cut();
    const isShared = this.#options.ona.isPGlite && this.holder !== null && this.holder !== run;
    if (!waits && !isShared) await this.#options.ona.forgets(port);
    await this.#release(run);
  }

  /** Timers of a run's sandbox. */
  setTimer(then: () => void, ms: number): number {
    const { run } = gates.getStore() as Gate & { run: Run };
    const id = ++this.#timers;
    const fire = () => {
      run.timers.delete(id);
      then();
    };
    run.timers.set(id, this.clock.plan(run.killed ? 0 : ms, fire));
    return id;
  }

  clearTimer(id: number): void {
    const { run } = gates.getStore() as Gate & { run: Run };
    const event = run.timers.get(id);
    if (event) this.clock.cancel(event);
    run.timers.delete(id);
  }

  #pass(run: Run, operation: Operation): Promise<unknown> {
    if (run.killed) return Promise.reject(new Killed('killed'));
    const n = run.counts[operation.kind]++;
    return new Promise((resolve, reject) => {
      const leave = () => run.turns.delete(turn);
      const turn: Turn = {
        ...{ run, operation, n, hangs: false, back: 0, event: null },
        reject: (error) => {
          leave();
          reject(error);
        },
      };
      const [out, back] = this.#options.latency(turn);
      turn.back = back;
      run.turns.add(turn);
      const answer = (settle: () => void) => {
        turn.event = this.clock.plan(turn.back, () => {
          leave();
          settle();
        });
      };
      turn.event = this.clock.plan(out, async () => {
        turn.event = null;
        this.current = turn;
        await this.#options.disturb('before', turn);
        if (run.killed) return;
        await this.#execute(turn, resolve, answer);
      });
    });
  }

  async #execute(
    turn: Turn,
    resolve: (value: unknown) => void,
    answer: (settle: () => void) => void,
  ): Promise<void> {
    const { run, operation } = turn;
    const commitsBefore = this.commits;
    const settled: Promise<() => Promise<void>> = operation.execute().then(
      (value) => async () => {
        this.#hold(run, operation);
        await this.#options.disturb('after', turn);
        if (!run.killed) answer(() => resolve(value));
      },
      (error) => async () => {
        await this.#options.disturb('after', turn);
        if (!run.killed) answer(() => turn.reject(error));
      },
    );
    if (turn.hangs) return void settled.catch(() => {});
    if (this.#mustWait(run, operation)) return this.#block(turn, settled);
    await (await settled)();
    // One that failed leaves PGlite in its transaction until the connection is closed.
    if (this.commits > commitsBefore) await this.#release(run);
  }

  #mustWait(run: Run, operation: Operation): boolean {
    if (!isOfOna(operation) || !this.holder || this.holder === run) return false;
    return this.#options.ona.isPGlite || operation.text.includes(LOCK);
  }

  #block(turn: Turn, settled: Promise<() => Promise<void>>): void {
    this.#options.count('PostgreSQL: another run holds the lock');
    const blocked = { turn, answer: settled };
    this.#blocked.push(blocked);
    this.clock.plan(LOCK_TIMEOUT_MS, async () => {
      if (!this.#blocked.includes(blocked)) return;
      turn.run.wire.cut();
      await (await settled)();
      this.#blocked = this.#blocked.filter((each) => each !== blocked);
    });
  }

  #hold(run: Run, { kind, text }: Operation): void {
    if (kind !== 'sql') return;
    if (this.#options.ona.isPGlite ? text === 'BEGIN' : text.includes(LOCK)) this.holder = run;
    if (text === 'COMMIT') this.commits += 1;
  }

  /** Gives the lock to the first that waits for it. */
  async #release(run: Run): Promise<void> {
    this.#blocked = this.#blocked.filter(({ turn }) => turn.run !== run);
    if (this.holder !== run) return;
    this.holder = null;
    for (
      let next = this.#blocked.shift();
      next;
      next = this.holder ? undefined : this.#blocked.shift()
    )
      await (await next.answer)();
  }
}
