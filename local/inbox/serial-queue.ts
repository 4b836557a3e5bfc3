/**
 * A queue whose items are worked off one by one, in the order in which they were pushed. `work`
 * must not reject. It waits for `start`; `stop`, for good, lets the current one end.
 */
export const serialQueue = <T>(work: (item: T) => Promise<void>) => {
  const items: T[] = [];
  let phase: 'new' | 'open' | 'stopped' = 'new';
  let busy = false;
  let waiters: (() => void)[] = [];

  const release = () => {
    for (const resolve of waiters) resolve();
    waiters = [];
  };

  const drain = async () => {
    if (busy || phase !== 'open') return;
    busy = true;
    while (phase === 'open' && items.length > 0) await work(items.shift()!);
    busy = false;
    release();
  };

  /** Resolves when nothing is left to do; once stopped, when the current item has ended. */
  const idle = async (): Promise<void> => {
    const rests = !busy && (items.length === 0 || phase === 'stopped');
    if (!rests) await new Promise<void>((resolve) => waiters.push(resolve));
  };

  return {
    idle,
    push: (item: T): void => {
      items.push(item);
      void drain();
    },
    start: (): void => {
      if (phase === 'new') phase = 'open';
      void drain();
    },
    stop: (): Promise<void> => {
      phase = 'stopped';
      if (!busy) release();
      return idle();
    },
  };
};
