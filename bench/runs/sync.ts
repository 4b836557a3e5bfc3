import { sum } from '../arithmetic.ts';
import { type Connections, openRunners, type Run } from './runner.ts';

export interface Synced {
  /** From the start of the processes to the end of the last run. */
  ms: number;
  /** CPU time of those processes. */
  cpuMs: number;
  /** Those of batches, the first one of the sync included. */
  runs: Run[];
}

/** A whole sync, from job 0 on, with as many runs at once as it has parts. */
export const runSync = async (connections: Connections, parts: number): Promise<Synced> => {
  const began = performance.now();
  const { waiting, runners, close } = await openRunners(connections, parts);
  const runs: Run[] = [];
  const cpuMs = new Map<unknown, number>();
  const free = [...runners];
  const busy = new Set<Promise<void>>();
  const begin = (start: string, data: unknown) => {
    const run = free.pop()!;
    const running = run(start, data).then((done) => {
      if (done.error) throw new Error(done.error);
      cpuMs.set(run, done.cpuMs);
      if (start === 'get-cases') runs.push(done);
      free.push(run);
      busy.delete(running);
    });
    busy.add(running);
  };
  try {
    begin('initiate-sync', { parts });
    while (busy.size > 0) {
      await Promise.race(busy);
      while (free.length > 0 && waiting.length > 0) begin('get-cases', waiting.shift());
    }
    const state = runs.at(-1)?.summary?.state;
    if (state !== 'complete') throw new Error(`the sync is ${state}, and not complete`);
    return { ms: performance.now() - began, cpuMs: sum([...cpuMs.values()]), runs };
  } finally {
    await close();
  }
};
