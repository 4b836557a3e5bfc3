import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { inProject } from '../../local/paths.ts';

/** A process of the benchmark's. */
export interface Child<Ready> {
  /** What it said when it was ready. */
  ready: Ready;
  /** Sends it a message, and gives its answer. */
  ask<Answer>(message: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** The next message of a process; throws where it ends instead. */
const nextMessage = async (child: ChildProcess, name: string): Promise<unknown> => {
  const stop = new AbortController();
  const ended = once(child, 'exit', { signal: stop.signal }).then(() => {
    throw new Error(`${name} ended before it answered`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message', { signal: stop.signal }), ended]);
    if (message.failed) throw new Error(`${name}: ${message.failed}`);
    return message;
  } finally {
    ended.catch(() => {});
    stop.abort();
  }
};

/**
 * Starts an entry of dist/bench as a process of its own, so that its time is not counted as ours. Its task goes over IPC,
 * as it may hold a password: arguments are for all to see.
 */
export const startChild = async <Ready>(
  name: string,
  task: object,
  flags: string[] = [],
): Promise<Child<Ready>> => {
  const child = fork(inProject('dist', 'bench', `${name}.js`), {
    execArgv: ['--no-warnings', ...flags],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ask = async <Answer>(message: object) => {
    child.send(message);
    return (await nextMessage(child, name)) as Answer;
  };
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  return { ready: await ask<Ready>(task), ask, stop };
};
