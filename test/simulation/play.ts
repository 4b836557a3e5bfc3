import type { Message } from '../../jobs/lib/message.ts';
import type { Outcome } from '../../jobs/lib/operations/state.ts';
import { addSeconds } from '../../jobs/lib/time.ts';
import { type Primero, startPrimero } from '../../local/primero/index.ts';
import type { State } from '../../local/runner/index.ts';
import { Broken } from './broken.ts';
import { Changes } from './changes.ts';
import { Checker } from './checker.ts';
import { Clock } from './clock.ts';
import { crowdOf } from './crowds.ts';
import type { Database } from './database.ts';
import { Disturber } from './disturber.ts';
import type { Fate, History, Step } from './history.ts';
import { type Inbox, startInbox } from './inbox.ts';
import type { Jobs } from './jobs.ts';
import { checkLastSync, checkReadAgain } from './last-sync.ts';
import { Machine } from './machine.ts';
import { PrimeroFaults } from './primero-faults.ts';
import { randomOf } from './random.ts';
import type { Run } from './run.ts';

const START = Date.UTC(2026, 9, 1);

/** Primero is there a day before: by then its search shows all that it holds. */
const BEFORE_MS = 86_400_000;

/** Messages that come after so many runs are lost: a doubled chain could go on for long. */
const MOST_RUNS = 20;

/** More batches than any last sync needs. */
const MOST_BATCHES = 500;

/** By then all that has changed lies in the window of the next sync. */
const SETTLED_MS = 1_500_000;

/** One history in so many ends with reading all again. */
const READ_AGAIN = 3;

const AT_ONCE: Fate = { lost: false, late: 0, again: null };

/** Counts what was played. */
export type Count = (event: string) => void;

/** Plays one history from start to end. */
class Play {
  readonly #history: History;
  readonly #jobs: Jobs;
  readonly #ona: Database;
  readonly #count: Count;
  readonly #clock = new Clock(START - BEFORE_MS);
  readonly #random: () => number;
  readonly #faults: PrimeroFaults;
  readonly #machine: Machine;
  #primero!: Primero;
  #inbox!: Inbox;
  #changes!: Changes;
  #disturber!: Disturber;
  #checker!: Checker;
  readonly #messages: Message[] = [];
  #last: Message | null = null;
  /** What the inbox takes once the history is over. */
  #final: Message[] | null = null;

  constructor(history: History, jobs: Jobs, ona: Database, count: Count) {
    this.#history = history;
    this.#jobs = jobs;
    this.#ona = ona;
    this.#count = count;
    this.#random = randomOf(history.world.seed);
    this.#faults = new PrimeroFaults(count, () => this.#machine.current?.run.id);
    this.#machine = new Machine({
      clock: this.#clock,
      ona,
      limitsRuns: history.world.limitsRuns,
      latency: (turn) => this.#disturber.latency(turn),
      disturb: (moment, turn) => this.#disturber.disturb(moment, turn),
      idle: () => this.#checker.check(this.#machine),
      count,
    });
  }

  async play(): Promise<void> {
    await this.#ona.empty();
    this.#inbox = await startInbox((message) => this.#take(message));
    this.#primero = await this.#startPrimero();
    try {
      this.#checker = await new Checker(this.#primero, this.#ona, this.#faults).start();
      for (const step of this.#history.steps) {
        await this.#machine.advance(this.#clock.now + step.after * 1000);
        await this.#do(step);
      }
      await this.#machine.finish();
      await this.#end();
    } finally {
      await this.#machine.end().finally(async () => {
        await this.#inbox.close();
        await this.#primero.close();
      });
    }
  }

  async #startPrimero(): Promise<Primero> {
    const { world } = this.#history;
    const now = () => this.#clock.now + world.skew * 1000;
    const primero = await startPrimero({
      ...{ cases: world.cases, seed: world.seed, family: world.family, now },
      until: START - 30_000,
      sameInstant: Math.min(world.cases, world.sameInstant),
      commitDelayMs: world.commitDelay * 1000,
    });
    this.#changes = new Changes(primero, now, world.crowd);
    this.#clock.now = START;
    const crowd = crowdOf(world.sameInstant);
    if (crowd) this.#count(`cases of one instant at the start: ${crowd}`);
    const [machine, faults, inbox] = [this.#machine, this.#faults, this.#inbox];
    const shared = { machine, inbox, random: this.#random };
    const around = { ...shared, world, faults, changes: this.#changes, count: this.#count };
    this.#disturber = new Disturber(around);
    this.#jobs.surround({ ...shared, primero, ona: this.#ona });
    primero.faults.use(faults.plan);
    primero.onRequest((moment) => {
      if (moment === 'during' && machine.current)
        this.#disturber.changeAt('during', machine.current);
    });
    return primero;
  }

  async #do(step: Step): Promise<void> {
    switch (step.does) {
      case 'change':
        return this.#disturber.change(step.changes, 'between');
      case 'sync':
        return this.#startSync(step);
      case 'repeat': {
        const message = this.#messages[step.which % this.#messages.length];
        if (!message) return;
        this.#count('a message is sent again');
        return this.#deliver(message);
      }
      case 'resume': {
        const batches = this.#machine.runs.flatMap(({ batch }) => (batch ? [batch] : []));
        const batch = batches[step.which % batches.length];
        if (!batch) return;
        this.#count('upsert-cases is run again from a saved state');
        await this.#run('upsert-cases', batch);
      }
    }
  }

  async #startSync({ cursor, backfill }: Extract<Step, { does: 'sync' }>): Promise<void> {
    const ago = (seconds: number) => addSeconds(this.#clock.now, -seconds);
    const wrong = this.#random() < 0.5 ? '2031-01-01T00:00:00Z' : '2026-09-30T23:59:00Z';
    this.#count(backfill ? 'a backfill starts' : `a sync starts, cursor: ${cursor}`);
    if (this.#machine.isBusy) this.#count('a sync starts while another is under way');
    await this.#run('initiate-sync', {
      data: {
        ...(cursor === 'last' && this.#last && { cursor: this.#last.window.to }),
        ...(cursor === 'wrong' && { cursor: wrong }),
        ...(backfill && {
          backfill: { from: ago(backfill[0] + backfill[1]), to: ago(backfill[1]) },
        }),
      },
    });
  }

  async #run(start: string, input: object): Promise<Run | null> {
    const { disturbances } = this.#history;
    const n = this.#machine.runs.length;
    if (n > MOST_RUNS && !this.#final) return null;
    if (this.#machine.isBusy && start !== 'initiate-sync') this.#count('two batches at once');
    const { runner } = this.#jobs;
    return this.#machine.start(
      () => runner.run(start, structuredClone(input) as State),
      (run) => this.#disturber.plan(run, (!this.#final && disturbances[n]) || []),
    );
  }

  /** The inbox has taken a message. */
  #take(taken: Message): void {
    // Small pages and batches, as the cases of a simulation are few.
    const { pageSize, batchBytes } = this.#history.world;
    const message = { pageSize, ...(batchBytes !== null && { batchBytes }), ...taken };
    if (message.batch === 1) this.#last = message;
    if (this.#final) return void this.#final.push(message);
    const { lost, late, again } = this.#history.fates[this.#messages.length] ?? AT_ONCE;
    this.#messages.push(message);
    if (lost) this.#count('a message is lost');
    else this.#clock.plan(late * 1000, () => this.#deliver(message));
    if (late > 0 && !lost) this.#count('a message is late');
    if (again === null) return;
    this.#count('a message is delivered twice');
    this.#clock.plan(again * 1000, () => this.#deliver(message));
  }

  async #deliver(message: Message): Promise<void> {
    if (!this.#final) await this.#run('get-cases', { data: message });
  }

  async #end(): Promise<void> {
    const { lastCursor, seed } = this.#history.world;
    this.#disturber.isOver = true;
    this.#faults.clear();
    this.#inbox.receptions.length = 0;
    const parts = {
      primero: this.#primero,
      ona: this.#ona,
      sync: (input: object) => this.#undisturbed(input),
      mayDiffer: () => this.#faults.believed + this.#changes.vanished > 0,
      count: this.#count,
    };
    const cursor = lastCursor === 'last' && this.#last?.window.to;
    const { window } = await checkLastSync(parts, cursor ? { cursor } : {});
    if (seed % READ_AGAIN === 0) await checkReadAgain(parts, window.to);
  }

  async #undisturbed(input: object): Promise<Outcome> {
    this.#final = [];
    await this.#machine.advance(this.#clock.now + SETTLED_MS);
    let run = await this.#run('initiate-sync', { data: input });
    for (let n = 0; n < MOST_BATCHES; n++) {
      await this.#machine.finish();
      const { ok, state, failed } = run!.result!;
      if (!ok) throw new Broken(`The last sync failed: ${failed?.message}`);
      const message = this.#final.shift();
      if (message) {
        run = await this.#run('get-cases', { data: message });
        continue;
      }
      const outcome = state!.data as Outcome;
      if (outcome.summary?.complete) return outcome;
      throw new Broken(`The last sync ended: ${outcome.summary?.ended}`);
    }
    throw new Broken('The last sync does not end');
  }
}

/**
 * Plays a history: the real jobs against a real Primero and PostgreSQL, in simulated time.
 * @throws {Broken} where a promise is broken
 */
export const playHistory = (history: History, jobs: Jobs, ona: Database, count: Count) =>
  new Play(history, jobs, ona, count).play();
