import { fork } from 'node:child_process';
import { once } from 'node:events';
import { inProject } from '../../local/paths.ts';

/**
 * Starts an entry of dist/bench as a process; gives its first `ready`, itself, and how to end it. The task, which may hold
 * a password, goes over IPC: arguments are for all to see.
 */
export const forkBench = async <Ready>(entry: string, task: object, flags: string[] = []) => {
  const child = fork(inProject('dist', 'bench', `${entry}.js`), {
    execArgv: ['--no-warnings', ...flags],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.send(task);
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${entry} ended before it answered`);
  });
  const [{ ready }] = (await Promise.race([once(child, 'message'), ended])) as [{ ready: Ready }];
  const stop = async () => {
    ended.catch(() => {});
    child.kill();
    await once(child, 'exit').catch(() => {});
  };
  ended.catch(() => {});
  return { ready, child, stop };
};
