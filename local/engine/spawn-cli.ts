import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The CLI ends a run after 5 minutes; it also has to start, and may install adaptors first. */
const LONGEST_MS = 15 * 60_000;

/** How a process ended: its code, or null if it was stopped; and the last line that tells why it crashed. */
export type CliEnd = {
  code: number | null;
  stopped: 'signal' | 'time' | null;
  crash: string | null;
};

/** A line such as `Error: connect ECONNREFUSED …`: what Node prints when nobody catches an error. */
const CRASH = /^(?:\w*Error|AggregateError)(?: \[\w+\])?: (.*)$/;

/**
 * The official adaptors do not await a promise when a database refuses, or when Primero's answer is not a list. Node then ends the
 * process. With this, the process continues: the statement or request that waits fails, and the job reports it with a code.
 */
const environment = (): NodeJS.ProcessEnv => {
  const { NODE_OPTIONS: given = '' } = process.env;
  return { ...process.env, NODE_OPTIONS: `${given} --unhandled-rejections=warn`.trim() };
};

/** The CLI does its work in a child process: both must be ended. */
const stopGroup = (child: ChildProcess): void => {
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // It has already ended.
  }
};

/**
 * Runs the CLI to its end, and passes on each line that it prints.
 * @param signal stops it at once: what a step has not committed is rolled back
 */
export const spawnCli = (
  path: string,
  args: string[],
  { signal, onLine }: { signal?: AbortSignal | undefined; onLine: (line: string) => void },
): Promise<CliEnd> =>
  new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environment(),
    });
    let stopped: CliEnd['stopped'] = null;
    let crash: string | null = null;
    const stop = (why: 'signal' | 'time') => {
      stopped ??= why;
      stopGroup(child);
    };
    const onAbort = () => stop('signal');
    const timer = setTimeout(() => stop('time'), LONGEST_MS);
    signal?.addEventListener('abort', onAbort, { once: true });
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        crash = CRASH.exec(line)?.[1] ?? crash;
        onLine(line);
      });
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code) => {
      settle();
      resolve({ code, stopped, crash });
    });
    if (signal?.aborted) onAbort();
  });
