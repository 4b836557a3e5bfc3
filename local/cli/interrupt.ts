import { EXIT } from '../exit.ts';

/**
 * Ctrl-C, and SIGTERM. The first aborts the signal: work stops between two operations, and servers
 * are closed. The second ends the process at once; its servers end with it.
 * @param onFirst told at the first, to say what happens now
 */
export const onInterrupt = (onFirst: () => void) => {
  const controller = new AbortController();
  const handle = () => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    onFirst();
    controller.abort();
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
  return {
    signal: controller.signal,
    dispose: () => {
      process.off('SIGINT', handle);
      process.off('SIGTERM', handle);
    },
  };
};
