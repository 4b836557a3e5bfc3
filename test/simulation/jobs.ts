import { createRunner, type Runner } from '../../local/runner/index.ts';
import { type Gate, gatedAdaptors, gates } from './gate.ts';
import type { Machine } from './machine.ts';
import type { Run } from './run.ts';

/** What the jobs' sandbox takes from the history that is played. */
export type Surroundings = {
  machine: Machine;
  /** A number in [0, 1). */
  random: () => number;
  primero: { url: string; user: string; password: string };
  inbox: { url: string };
  ona: { credentials: object };
};

/** The built jobs, in simulated time. */
export type Jobs = {
  /** What runs from now on take. */
  surround(surroundings: Surroundings): void;
  /** Runs them. */
  runner: Runner;
};

/** Loads the built jobs. */
export const loadJobs = async (): Promise<Jobs> => {
  let around: Surroundings | undefined;
  const here = (): Surroundings => {
    if (!around) throw new Error('Simulation: no history is being played');
    return around;
  };
  class SimulatedDate extends Date {
    constructor(...args: ConstructorParameters<typeof Date> | []) {
      super(...((args.length > 0 ? args : [here().machine.clock.now]) as [number]));
    }
    static override now = () => here().machine.clock.now;
  }
  const globals = {
    Date: SimulatedDate,
    Math: Object.create(Math, { random: { value: () => here().random() } }),
    setTimeout: (then: () => void, ms: number) => here().machine.setTimer(then, ms),
    clearTimeout: (id: number) => here().machine.clearTimer(id),
  };
  const credentials = {
    get primero() {
      const { url, user, password } = here().primero;
      return { url, user, password, basicAuth: true };
    },
    get inbox() {
      return { inboxUrl: here().inbox.url, apiKey: 'simulated-key' };
    },
    get ona() {
      const { run } = gates.getStore() as Gate & { run: Run };
      return { ...here().ona.credentials, host: '127.0.0.1', port: run.wire.port };
    },
  };
  const modules = await gatedAdaptors();
  return {
    surround: (surroundings) => {
      around = surroundings;
    },
    runner: createRunner({ credentials, globals, modules }),
  };
};
