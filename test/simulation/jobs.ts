import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../local/paths.ts';
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
  /** A runner of the jobs, in which a batch holds so many bytes; null: as many as in production. */
  runner(batchBytes: number | null): Promise<Runner>;
};

/** Names of policy in the built job, and what they are in production: see jobs/lib/settings.ts. */
const BATCH_BYTES = /^var BATCH_BYTES = [\de_]+;$/m;

/** A workflow whose batches are small, as the cases of a simulation are few. Nothing else differs. */
const withBatchBytes = async (bytes: number): Promise<string> => {
  const workflow = JSON.parse(await readFile(inProject('workflow.json'), 'utf8'));
  const folder = await mkdtemp(join(tmpdir(), 'simulation-'));
  for (const step of workflow.steps) {
    if (!step.expression) continue;
    const path = inProject(step.expression);
    step.expression = path;
    if (step.id !== 'get-cases') continue;
    const code = await readFile(path, 'utf8');
    if (!BATCH_BYTES.test(code)) throw new Error(`Simulation: no BATCH_BYTES in ${path}`);
    step.expression = join(folder, 'get-cases.js');
    await writeFile(step.expression, code.replace(BATCH_BYTES, `var BATCH_BYTES = ${bytes};`));
  }
  await writeFile(join(folder, 'workflow.json'), JSON.stringify(workflow));
  return join(folder, 'workflow.json');
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
  const runners = new Map<number | null, Runner>();
  return {
    surround: (surroundings) => {
      around = surroundings;
    },
    runner: async (batchBytes) => {
      const known = runners.get(batchBytes);
      if (known) return known;
      const workflow =
        batchBytes === null ? {} : { workflowPath: await withBatchBytes(batchBytes) };
      const runner = createRunner({ credentials, globals, modules, ...workflow });
      runners.set(batchBytes, runner);
      return runner;
    },
  };
};
