/**
 * A queue whose items are processed in the order in which they were pushed, `size` of them at a time. `work` must not
 * reject. It waits for `start`. `stop` is final, and lets the current items end.
 */
export const pool = <T>(work: (item: T) => Promise<void>, size = 1) => {
  const items: T[] = [];
  let phase: 'new' | 'open' | 'stopped' = 'new';
  let busy = 0;
  let waiters: (() => void)[] = [];

  const rests = (): boolean => busy === 0 && (items.length === 0 || phase === 'stopped');

  const release = () => {
    if (!rests()) return;
    for (const resolve of waiters) resolve();
    waiters = [];
  };

  const worker = async () => {
    busy += 1;
    while (phase === 'open' && items.length > 0) await work(items.shift()!);
    busy -= 1;
    release();
  };

  const drain = () => {
    while (phase === 'open' && busy < size && items.length > 0) void worker();
  };

  /** Resolves when nothing is left to do; once stopped, when the current items have ended. */
  const idle = async (): Promise<void> => {
    if (!rests()) await new Promise<void>((resolve) => waiters.push(resolve));
  };

  return {
    idle,
    push: (item: T): void => {
      items.push(item);
      drain();
    },
    start: (): void => {
      if (phase === 'new') phase = 'open';
      drain();
    },
    stop: (): Promise<void> => {
      phase = 'stopped';
      release();
      return idle();
    },
  };
};
