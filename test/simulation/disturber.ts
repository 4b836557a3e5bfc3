import type { Changes } from './changes.ts';
import { crowdOf } from './crowds.ts';
import type { Change, Disturbance, World } from './history.ts';
import type { Inbox } from './inbox.ts';
import type { Machine } from './machine.ts';
import type { PrimeroFaults } from './primero-faults.ts';
import type { Run, Turn } from './run.ts';

/** ms that a request and a statement take at most, each way; a slow Primero is as slow as it may be. */
const LONGEST = { get: 400, slowGet: 40_000, other: 40 };
const SHARE_OF_SLOW = 0.2;

/** A slow drip takes this long, or twice: within a request's time-out, and beyond it. */
const DRIP_MS = 40_000;

type Around = {
  world: World;
  machine: Machine;
  faults: PrimeroFaults;
  changes: Changes;
  inbox: Inbox;
  random: () => number;
  count: (event: string) => void;
};

/** Does to each operation of a run what the history has planned for it. */
export class Disturber {
  /** Nothing is disturbed any more. */
  isOver = false;
  readonly #plans = new Map<Run, Disturbance[]>();
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  plan(run: Run, disturbances: Disturbance[]): void {
    this.#plans.set(run, disturbances);
    if (!disturbances.some(({ what }) => what === 'refuse')) return;
    this.#around.count('PostgreSQL: refuses connections');
    run.wire.refuses = true;
  }

  /** ms that an operation takes, there and back. */
  latency(turn: Turn): [out: number, back: number] {
    const { world, faults, random, count } = this.#around;
    const { kind } = turn.operation;
    const isSlow = world.pace === 'slow' || (world.pace === 'mixed' && random() < SHARE_OF_SLOW);
    const slowest = isSlow && !this.isOver ? LONGEST.slowGet : LONGEST.get;
    const scale = kind === 'get' ? slowest : LONGEST.other;
    let stall = 0;
    for (const each of this.#planned(turn)) if (each.what === 'stall') stall += each.seconds * 1000;
    if (stall > 0) count(`a run stalls at ${kind}`);
    const drips = kind === 'get' && faults.next?.kind === 'drip';
    const drip = drips ? DRIP_MS * (1 + (turn.n % 2)) : 0;
    return [random() * scale + stall, random() * scale + drip];
  }

  /** Plays the changes planned for a moment of an operation. */
  changeAt(moment: 'before' | 'during' | 'after', turn: Turn): void {
    for (const each of this.#planned(turn)) {
      if (each.what === 'change' && each.moment === moment)
        this.change(each.changes, `${moment} a ${turn.operation.kind}`);
    }
  }

  change(changes: readonly Change[], when: string): void {
    for (const change of changes) {
      const changed = this.#around.changes.play(change);
      if (changed === 0) continue;
      this.#around.count(`change: ${change.kind}`);
      this.#around.count(`a change ${when}`);
      const crowd = crowdOf(changed);
      if (!crowd) continue;
      const during = this.#around.machine.isBusy ? ' while a run is under way' : '';
      this.#around.count(`change: ${change.kind}, ${crowd}${during}`);
    }
  }

  async disturb(moment: 'before' | 'after', turn: Turn): Promise<void> {
    const { machine, faults, count } = this.#around;
    const where = turn.operation.text === 'COMMIT' ? 'COMMIT' : turn.operation.kind;
    this.changeAt(moment, turn);
    for (const each of this.#planned(turn)) {
      if (moment === 'before') this.#spoil(each, turn);
      if (each.what === 'cut' && each.moment === moment) {
        count(`PostgreSQL: connection cut ${moment} ${where}`);
        // Nobody tells the run, but it has committed.
        if (moment === 'after' && where === 'COMMIT') machine.commits += 1;
        await machine.cut(turn.run);
      } else if (each.what === 'kill' && each.moment === moment) {
        count(`killed ${moment} ${where}`);
        await machine.kill(turn.run);
      }
    }
    if (moment === 'before')
      turn.hangs = turn.operation.kind === 'get' && faults.next?.kind === 'hang';
  }

  /** Prepares what goes wrong as the operation is done. */
  #spoil(each: Disturbance, { run, operation }: Turn): void {
    const { faults, inbox, count } = this.#around;
    if (each.what === 'fault') faults.add(each.fault, each.times);
    if (each.what === 'cut' && each.moment === 'after') run.wire.cutAtAnswer();
    if (each.what === 'inbox') {
      count(`inbox: ${each.reception}`);
      inbox.receptions.push(each.reception);
    }
    if (each.what === 'error') {
      count(`PostgreSQL: reports ${each.code}`);
      operation.execute = () =>
        operation.instead(`DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${each.code}'; END $$`);
    }
  }

  /** A run that failed may have left a request under way, which is done only after all is over. */
  #planned({ run, operation, n }: Turn): Disturbance[] {
    if (this.isOver) return [];
    return (this.#plans.get(run) ?? []).filter((each) =>
      each.at === 'COMMIT'
        ? operation.text === 'COMMIT'
        : each.at === operation.kind && each.n === n,
    );
  }
}
