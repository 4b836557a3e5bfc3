import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../../jobs/lib/message.ts';
import type { Outcome } from '../../jobs/lib/operations/state.ts';
import { addSeconds, toMs } from '../../jobs/lib/time.ts';
import { type Fault, type Primero, startPrimero } from '../../local/primero/index.ts';
import type { RunResult, State } from '../../local/runner/index.ts';
import { findDifferences } from '../support/oracle.ts';
import { Changes } from './changes.ts';
import { Clock } from './clock.ts';
import type { Database } from './database.ts';
import type { Change, Disturbance, History, Step } from './history.ts';
import { type Inbox, startInbox } from './inbox.ts';
import { digestOf, findBrokenPromises, Watch } from './invariants.ts';
import type { Jobs } from './jobs.ts';
import { Machine, type Run, type Turn } from './machine.ts';

const START = Date.UTC(2026, 9, 1);
const MOST_RUNS = 20;
const SETTLED_SECONDS = 1500;

/** Counts what was played. */
export type Count = (event: string) => void;

/** A promise that was broken, with what was found. */
export class Broken extends Error {}

/** Draws numbers that depend on a seed alone. */
const draws = (seed: number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let n = Math.imul(state ^ (state >>> 15), 1 | state);
    n = (n + Math.imul(n ^ (n >>> 7), 61 | n)) ^ n;
    return ((n ^ (n >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Plays one history from start to end. */
class Play {
  readonly history: History;
  readonly machine: Machine;
  readonly clock = new Clock(START);
  readonly messages: Message[] = [];
  readonly #jobs: Jobs;
  readonly #ona: Database;
  readonly #count: Count;
  readonly #random: () => number;
  readonly #watch = new Watch();
  readonly #plans = new Map<Run, Disturbance[]>();
  readonly #faults: Fault[] = [];
  primero!: Primero;
  changes!: Changes;
  inbox!: Inbox;
  #fates = 0;
  #last: Message | null = null;
  #final: Message[] | null = null;
  /** Questions whose last answer was a wrong zero, how often one got two in a row, and all wrong totals. */
  readonly #lied = new Set<string>();
  #lies = 0;
  #wrongTotals = 0;
  #ended = 0;
  #commits = 0;
  #digest = '';

  constructor(history: History, jobs: Jobs, ona: Database, count: Count) {
    this.history = history;
    this.#jobs = jobs;
    this.#ona = ona;
    this.#count = count;
    this.#random = draws(history.world.seed);
    this.machine = new Machine({
      clock: this.clock,
      ona: ona.credentials,
      isPGlite: ona.isPGlite,
      latency: (turn) => this.#latency(turn),
      disturb: (moment, turn) => this.#disturb(moment, turn),
      idle: async () => {
        if (this.machine.ended > this.#ended && !this.machine.holder) await this.#check();
      },
      forgotten: (port) => this.#forgotten(port),
      count,
    });
    this.machine.limitsRuns = history.world.limitsRuns;
  }

  async play(): Promise<void> {
    const { world, steps } = this.history;
    const primeroNow = () => this.clock.now + world.skew * 1000;
    await this.#ona.empty();
    this.primero = await startPrimero({
      cases: world.cases,
      seed: world.seed,
      family: world.family,
      now: primeroNow,
      until: START - 30_000,
      sameInstant: Math.min(world.cases, world.sameInstant),
      commitDelayMs: world.commitDelay * 1000,
    });
    this.inbox = await startInbox((message) => this.#take(message));
    try {
      this.changes = new Changes(this.primero, primeroNow);
      this.primero.faults.use(({ query }) => {
        const fault = this.#faults.shift();
        const asked = JSON.stringify(query);
        if (fault?.kind !== 'empty') this.#lied.delete(asked);
        if (!fault) return undefined;
        if (fault.kind === 'empty' && this.#lied.has(asked)) this.#lies += 1;
        if (fault.kind === 'empty') this.#lied.add(asked);
        if (fault.kind === 'empty' || fault.kind === 'ignore') this.#wrongTotals += 1;
        const what =
          fault.kind === 'ignore'
            ? ` ${fault.params}`
            : fault.kind === 'drop' && fault.midway
              ? ' midway'
              : fault.kind === 'status'
                ? ` ${fault.status}${fault.retryAfter ? ` Retry-After ${fault.retryAfterAs}` : ''}`
                : '';
        this.#count(`Primero: ${fault.kind}${what}`);
        return fault;
      });
      this.primero.onRequest((moment) => {
        if (moment === 'during' && this.machine.current)
          this.#changeAt('during', this.machine.current);
      });
      this.#jobs.surround({
        machine: this.machine,
        random: this.#random,
        primero: this.primero,
        inboxUrl: this.inbox.url,
        ona: this.#ona.credentials,
      });
      this.#digest = await digestOf(this.#ona);
      for (const step of steps) {
        await this.machine.advance(this.clock.now + step.after * 1000);
        await this.#step(step);
        await this.machine.settle();
      }
      await this.#finish();
    } finally {
      await this.#stop();
    }
  }

  async #stop(): Promise<void> {
    for (const run of this.machine.runs) await this.machine.kill(run);
    await this.machine.finish();
    await this.inbox.close();
    await this.primero.close();
  }

  async #step(step: Step): Promise<void> {
    switch (step.does) {
      case 'change':
        this.#change(step.changes, 'between');
        return;
      case 'sync':
        await this.#startSync(step);
        return;
      case 'repeat': {
        const message = this.messages[step.which % this.messages.length];
        if (!message) return;
        this.#count('a message is sent again');
        return this.#deliver(message);
      }
      case 'resume': {
        const batches = this.machine.runs.flatMap(({ batch }) => (batch ? [batch] : []));
        const batch = batches[step.which % batches.length];
        if (!batch) return;
        this.#count('upsert-cases is run again from a saved state');
        await this.#run('upsert-cases', batch);
      }
    }
  }

  async #startSync({ cursor, backfill }: Extract<Step, { does: 'sync' }>): Promise<void> {
    this.#count(backfill ? 'a backfill starts' : `a sync starts, cursor: ${cursor}`);
    const input = {
      ...(cursor === 'last' && this.#last && { cursor: this.#last.window.to }),
      ...(cursor === 'wrong' && {
        cursor: this.#random() < 0.5 ? '2031-01-01T00:00:00Z' : '2026-09-30T23:59:00Z',
      }),
      ...(backfill && {
        backfill: {
          from: addSeconds(this.clock.now, -backfill[0] - backfill[1]),
          to: addSeconds(this.clock.now, -backfill[1]),
        },
      }),
    };
    if (this.machine.isBusy) this.#count('a sync starts while another is under way');
    await this.#run('initiate-sync', { data: input });
  }

  async #run(start: string, input: object): Promise<Run | null> {
    if (this.machine.runs.length > MOST_RUNS && !this.#final) return null;
    const plan = (!this.#final && this.history.disturbances[this.machine.runs.length]) || [];
    const runner = await this.#jobs.runner(this.history.world.batchBytes);
    const work = (): Promise<RunResult> => runner.run(start, structuredClone(input) as State);
    if (this.machine.isBusy && start !== 'initiate-sync') this.#count('two batches at once');
    return this.machine.start(work, (run) => {
      this.#plans.set(run, plan);
      if (plan.some(({ what }) => what === 'refuse') && start !== 'initiate-sync') {
        this.#count('PostgreSQL: refuses connections');
        run.wire.refuses = true;
      }
    });
  }

  /** The inbox has taken a message. */
  #take(taken: Message): void {
    const message = { pageSize: this.history.world.pageSize, ...taken };
    if (message.batch === 1) this.#last = message;
    if (this.#final) return void this.#final.push(message);
    this.messages.push(message);
    const { lost, late, again } = this.history.fates[this.#fates++] ?? {
      lost: false,
      late: 0,
      again: null,
    };
    if (lost) this.#count('a message is lost');
    else this.clock.plan(late * 1000, () => this.#deliver(message));
    if (late > 0 && !lost) this.#count('a message is late');
    if (again === null) return;
    this.#count('a message is delivered twice');
    this.clock.plan(again * 1000, () => this.#deliver(message));
  }

  async #deliver(message: Message): Promise<void> {
    if (!this.#final) await this.#run('get-cases', { data: message });
  }

  #latency(turn: Turn): [number, number] {
    const { kind } = turn.operation;
    const slow = this.history.world.pace;
    const isSlow = slow === 'slow' || (slow === 'mixed' && this.#random() < 0.2);
    const scale = kind === 'get' ? (isSlow && !this.#final ? 40_000 : 400) : 40;
    const stall = this.#planned(turn).reduce(
      (sum, each) => (each.what === 'stall' ? sum + each.seconds * 1000 : sum),
      0,
    );
    if (stall > 0) this.#count(`a run stalls at ${kind}`);
    const first = this.#faults[0];
    const drip = kind === 'get' && first?.kind === 'drip' ? 40_000 * (1 + (turn.n % 2)) : 0;
    return [this.#random() * scale + stall, this.#random() * scale + drip];
  }

  #planned({ run, operation, n }: Turn): Disturbance[] {
    const plan = this.#plans.get(run) ?? [];
    return plan.filter(({ at, ...each }) =>
      at === 'COMMIT' ? operation.text === 'COMMIT' : at === operation.kind && each.n === n,
    );
  }

  #changeAt(moment: 'before' | 'during' | 'after', turn: Turn): void {
    for (const each of this.#planned(turn)) {
      if (each.what === 'change' && each.moment === moment)
        this.#change(each.changes, `${moment} a ${turn.operation.kind}`);
    }
  }

  #change(changes: readonly Change[], when: string): void {
    for (const change of changes) {
      if (!this.changes.play(change)) continue;
      this.#count(`change: ${change.kind}`);
      this.#count(`a change ${when}`);
    }
  }

  async #disturb(moment: 'before' | 'after', turn: Turn): Promise<void> {
    const { run, operation } = turn;
    const where = operation.text === 'COMMIT' ? 'COMMIT' : operation.kind;
    if (moment === 'before')
      turn.hangs = operation.kind === 'get' && this.#faults[0]?.kind === 'hang';
    this.#changeAt(moment, turn);
    for (const each of this.#planned(turn)) {
      if (each.what === 'fault' && moment === 'before') {
        for (let n = 0; n < each.times; n++) this.#faults.push(each.fault);
        turn.hangs = this.#faults[0]?.kind === 'hang';
      } else if (each.what === 'error' && moment === 'before') {
        this.#count(`PostgreSQL: reports ${each.code}`);
        operation.execute = () =>
          operation.instead(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${each.code}'; END $$`);
      } else if (each.what === 'inbox' && moment === 'before') {
        this.#count(`inbox: ${each.reception}`);
        this.inbox.receptions.push(each.reception);
      } else if (each.what === 'cut') {
        if (moment === 'before' && each.moment === 'after') run.wire.cutAtAnswer();
        if (moment !== each.moment) continue;
        this.#count(`PostgreSQL: connection cut ${moment} ${where}`);
        if (moment === 'after' && where === 'COMMIT') this.machine.commits += 1;
        await this.machine.cut(run);
      } else if (each.what === 'kill' && each.moment === moment) {
        this.#count(`killed ${moment} ${where}`);
        await this.machine.kill(run);
      }
    }
  }

  async #forgotten(port: number | undefined): Promise<void> {
    if (port === undefined) return;
    const sql = this.#ona.isPGlite
      ? 'SELECT 0 AS n'
      : 'SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND client_port = $1';
    for (;;) {
      const { rows } = await this.#ona.query<{ n: number }>(sql, this.#ona.isPGlite ? [] : [port]);
      if (rows[0]?.n === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }

  async #check(): Promise<void> {
    this.#ended = this.machine.ended;
    const digest = await digestOf(this.#ona);
    if (this.machine.commits === this.#commits) {
      if (digest !== this.#digest) throw new Broken('ONA changed, and no run has committed');
      return;
    }
    this.#commits = this.machine.commits;
    this.#digest = digest;
    const found = await this.#watch.look(this.#ona);
    // Where Primero says zero twice it is believed, and the proof finds what is missing.
    if (this.#lies === 0) found.push(...(await findBrokenPromises(this.primero, this.#ona)));
    if (found.length > 0) throw new Broken(found.slice(0, 8).join('\n'));
  }

  /** One undisturbed sync must end complete, and ONA must equal Primero. */
  async #finish(): Promise<void> {
    await this.machine.finish();
    this.#final = [];
    this.#faults.length = 0;
    this.inbox.receptions.length = 0;
    await this.machine.advance(this.clock.now + SETTLED_SECONDS * 1000);
    const cursor = this.history.world.lastCursor === 'last' && this.#last?.window.to;
    const { summary } = await this.#undisturbed(cursor ? { cursor } : {});
    const differences = await findDifferences(
      this.primero,
      this.#ona,
      toMs(addSeconds(summary.window.to, 1)),
    );
    if (differences.length > 0) throw new Broken(differences.slice(0, 8).join('\n'));
    const mended = await this.#ona.query(
      "SELECT indicator FROM sync_reopened WHERE reason = 'DIFFERENCE' AND sync_id = $1",
      [summary.syncId],
    );
    if (mended.rows.length > 0) {
      if (this.#wrongTotals + this.changes.vanished === 0)
        throw new Broken('The proof found a difference that nothing explains');
      this.#count('the last sync mends what its proof found');
    }
    if (this.history.world.seed % 3 === 0) await this.#readAgain(summary.window.to);
  }

  /** What is read again, and has not changed, must not be rewritten. */
  async #readAgain(to: string): Promise<void> {
    const rows = 'SELECT c::text, xmin::text AS x FROM cases c ORDER BY 1';
    const before = await this.#ona.query(rows);
    await this.machine.advance(this.clock.now + SETTLED_SECONDS * 1000);
    await this.#undisturbed({ backfill: { from: '2000-01-01T00:00:00Z', to } });
    const after = await this.#ona.query(rows);
    if (!isDeepStrictEqual(before.rows, after.rows))
      throw new Broken('What was read again was rewritten although nothing had changed');
  }

  async #undisturbed(input: object): Promise<Outcome> {
    this.#final = [];
    let run = await this.#run('initiate-sync', { data: input });
    for (let n = 0; ; n++) {
      await this.machine.finish();
      if (!run?.result?.ok)
        throw new Broken(`The last sync failed: ${run?.result?.failed?.message}`);
      await this.#check();
      const message = this.#final!.shift();
      if (!message) break;
      if (n > 500) throw new Broken('The last sync does not end');
      run = await this.#run('get-cases', { data: message });
    }
    const outcome = run!.result!.state!.data as Outcome;
    if (!outcome.summary?.complete)
      throw new Broken(`The last sync ended: ${outcome.summary?.ended}`);
    return outcome;
  }
}

/**
 * Plays a history: the real jobs against a real Primero and PostgreSQL, in simulated time.
 * @throws {Broken} where a promise is broken
 */
export const playHistory = (history: History, jobs: Jobs, ona: Database, count: Count) =>
  new Play(history, jobs, ona, count).play();
