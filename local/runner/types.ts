/** What a job is given and gives back: plain JSON. */
export type State = { data?: unknown; errors?: Record<string, unknown>; [key: string]: unknown };

/** One object per credential id of workflow.json, each as its adaptor wants it. */
export type Credentials = Record<string, Record<string, unknown>>;

/** One line that a run printed. `step` is the step that was running, null outside of one. */
export type LogLine = {
  level: 'debug' | 'info' | 'warn' | 'error';
  source: 'runtime' | 'job' | 'adaptor';
  step: string | null;
  text: string;
};

export type Log = (line: LogLine) => void;

/** One step as it ran: milliseconds, and the bytes of the state that it handed on, as JSON. */
export type StepResult = { id: string; ms: number; bytes: number };

/**
 * Why a run failed: the first step that did (null before any), and the code that its message starts
 * with (`CODE: text`), null if it has none. `details` holds an error's plain marks, such as Node's
 * `code` or PostgreSQL's `constraint`: never the parts that carry values.
 */
export type Failure = {
  step: string | null;
  code: string | null;
  message: string;
  details?: Record<string, string | number>;
};

/** Where an adaptor came from: installed from its publisher, or this project's own stand-in. */
export type AdaptorSource = { from: 'official' | 'drop-in' | 'given'; version: string };

/** What came of a run; `state` is null when it failed before any step handed one on. */
export type RunResult = {
  ok: boolean;
  state: State | null;
  failed: Failure | null;
  steps: StepResult[];
  adaptors: Record<string, AdaptorSource>;
};

export type RunnerOptions = {
  credentials: Credentials;
  /** Path of the workflow file; the project's own when absent. */
  workflowPath?: string;
  /** Gets each printed line; nothing is printed anywhere without it. */
  log?: Log;
  /** Stops a run before its next operation. */
  signal?: AbortSignal;
  /** Names added to the sandbox, also in place of its own: `{ Date, setTimeout }` for a test's clock. */
  globals?: Record<string, unknown>;
  /** Folder to load a package from, in place of the one that would be found. */
  modules?: Record<string, string>;
  /** How long a whole run may take, in milliseconds: 5 minutes, as on the platform. */
  timeoutMs?: number;
};

export type Runner = { run(start: string, input: State): Promise<RunResult> };
