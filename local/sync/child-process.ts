import { type ChildProcess, fork } from 'node:child_process';
import { inProject } from '../paths.ts';
import { UserError } from '../user-error.ts';

/** Time to answer after the start, and to end after SIGTERM, ms. */
const START_MS = 60_000;
const STOP_MS = 10_000;

export type Child<Ready> = {
  ready: Ready;
  pid: number;
  send(message: object): void;
  /** Resolves when the process has ended, whoever ended it. */
  ended: Promise<void>;
  /** Asks the process to end, and makes sure that it does. */
  stop(): Promise<void>;
};

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once('exit', () => resolve()));

/** What a child says first: `{ ready }` or `{ failed: reason }`; or it ends, or says nothing. */
const firstWord = <Ready>(child: ChildProcess, name: string): Promise<Ready> =>
  new Promise((resolve, reject) => {
    const fail = (why: string) =>
      reject(new UserError('SERVER_FAILED', `${name} did not start`, `${why}`));
    const timer = setTimeout(() => fail('no answer for a minute'), START_MS);
    const settle = (settled: () => void) => {
      clearTimeout(timer);
      settled();
    };
    child.once('error', (error) => settle(() => fail(error.message)));
    child.once('exit', (code) => settle(() => fail(`it ended at once (code ${code})`)));
    child.once('message', ({ ready, failed }: { ready?: Ready; failed?: string }) =>
      settle(() => (ready === undefined ? fail(failed ?? 'no reason given') : resolve(ready))),
    );
  });

/**
 * Starts a server as a process of its own, and waits until it answers. It ends when this process
 * does, however that ends.
 * @param entry file name in dist/local, without its ending
 * @param name for messages, such as `the sandbox Primero`
 */
export const startChild = async <Ready>(
  entry: string,
  name: string,
  argument: object,
): Promise<Child<Ready>> => {
  const child = fork(inProject('dist', 'local', `${entry}.js`), [JSON.stringify(argument)], {
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', process.env.DEBUG ? 'inherit' : 'ignore', 'ipc'],
  });
  const ended = endOf(child);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(timer);
  };
  try {
    const ready = await firstWord<Ready>(child, name);
    return { ready, pid: child.pid!, send: (message) => child.send(message), ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
