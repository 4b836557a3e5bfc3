import { dirname } from 'node:path';
import execute, { type ExecutionPlan, type Options, registerEsmHook } from '@openfn/runtime';
import { inProject } from '../paths.ts';
import { UserError } from '../user-error.ts';
import { captureConsole, withoutCapture } from './capture-console.ts';
import { toFailure } from './failure.ts';
import { loadWorkflow } from './load-workflow.ts';
import { jobConsole, runtimeLogger } from './loggers.ts';
import { type Adaptor, resolveAdaptors } from './resolve-adaptors.ts';
import { sandboxGlobals } from './sandbox-globals.ts';
import type { Failure, LogLine, Runner, RunnerOptions, State, StepResult } from './types.ts';
import { prepareVmModules } from './vm-modules.ts';

const FIVE_MINUTES = 5 * 60 * 1000;

let hooked = false;

/** Some published adaptors import files without an ending; language-http, always here, does not. */
const hookForOfficial = (adaptors: Record<string, Adaptor>) => {
  const needed = Object.entries(adaptors).some(
    ([name, { from }]) => from === 'official' && name !== '@openfn/language-http',
  );
  if (!needed || hooked) return;
  hooked = true;
  registerEsmHook();
};

const load = async ({ workflowPath, modules, globals }: RunnerOptions) => {
  const path = workflowPath ?? inProject('workflow.json');
  const workflow = await loadWorkflow(path);
  const adaptors = await resolveAdaptors(workflow.steps, dirname(path), modules);
  hookForOfficial(adaptors);
  const sandbox = sandboxGlobals(globals);
  const steps = workflow.steps.map(({ adaptor: _, ...step }) =>
    step.expression === undefined
      ? step
      : { ...step, expression: sandbox.prelude + step.expression },
  );
  return { workflow: { ...workflow, steps }, adaptors, globals: sandbox.globals };
};

/**
 * Makes a runner for a workflow, which executes it as CLI and platform do: built jobs in the
 * runtime's sandbox, a credential per step, state cloned through JSON between steps.
 * Files are read at the first run and kept. Runs never throw: what went wrong is in the result.
 * Throws `RUNNER_FLAG_MISSING` when Node was started without its flag for vm modules.
 * @example <caption>Run one batch from its message</caption>
 * const { ok, state } = await createRunner({ credentials }).run('get-cases', { data: message });
 */
export const createRunner = (options: RunnerOptions): Runner => {
  prepareVmModules();
  const { credentials, log, signal, timeoutMs = FIVE_MINUTES } = options;
  let loading: ReturnType<typeof load> | undefined;

  const run = async (start: string, input: State) => {
    const steps: StepResult[] = [];
    let failed: Failure | null = null;
    let state: State | null = null;
    let adaptors: Record<string, Adaptor> = {};
    let current: string | null = null;
    let over = false;
    let timer: NodeJS.Timeout | undefined;

    const printer = (source: LogLine['source']) => (level: LogLine['level'], text: string) =>
      withoutCapture(() => log?.({ level, source, step: current, text }));

    const stopIfAsked = () => {
      if (over) throw new UserError('RUN_TIMEOUT', 'the run is over');
      if (signal?.aborted)
        throw new UserError('INTERRUPTED', 'stopped on request', 'the next run goes on from here');
    };

    const notify = (event: string, payload: Record<string, unknown>) => {
      if (event === 'init-start') {
        if (!over) current = String(payload.jobId);
        stopIfAsked();
      }
      if (over) return;
      if (event !== 'job-complete' && event !== 'job-error') return;
      state = (payload.state ?? null) as State | null;
      const bytes = state === null ? 0 : Buffer.byteLength(JSON.stringify(state));
      steps.push({ id: String(payload.jobId), ms: Number(payload.duration), bytes });
      if (event === 'job-error') failed ??= toFailure(current, payload.error);
    };

    const work = async () => {
      loading ??= load(options);
      const loaded = await loading;
      adaptors = loaded.adaptors;
      const resolveCredential = async (id: string) => {
        if (credentials[id]) return credentials[id];
        throw new UserError('CREDENTIAL_MISSING', `step "${current}" needs the credential "${id}"`);
      };
      const plan = {
        workflow: { ...loaded.workflow, steps: loaded.workflow.steps.map((s) => ({ ...s })) },
        options: { start },
      } as ExecutionPlan;
      const settings: Options = {
        logger: runtimeLogger(printer('runtime'), stopIfAsked),
        jobLogger: jobConsole(printer('job')),
        linker: { modules: adaptors },
        callbacks: { notify: notify as never, resolveCredential },
        globals: loaded.globals,
        disableEsmHook: true,
        // `bytes` measures the states; the runtime's own check costs as much as a small run.
        stateLimitMb: 0,
      };
      return (await execute(plan, input as never, settings)) as State;
    };

    // The runtime's own timer outlives a failed step, and would hold the process for 5 minutes.
    const timeout = new Promise<never>((_, reject) => {
      const seconds = timeoutMs / 1000;
      const late = new UserError('RUN_TIMEOUT', `the run took longer than ${seconds} s`);
      timer = setTimeout(() => reject(late), timeoutMs);
    });

    try {
      const working = captureConsole(printer('adaptor'), work);
      state = (await Promise.race([working, timeout])) ?? null;
    } catch (error) {
      failed ??= toFailure(current, error);
    } finally {
      over = true;
      clearTimeout(timer);
    }
    const sources = Object.entries(adaptors).map(([name, { from, version }]) => [
      name,
      { from, version },
    ]);
    return { ok: failed === null, state, failed, steps, adaptors: Object.fromEntries(sources) };
  };

  return { run };
};
