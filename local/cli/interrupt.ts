import { EXIT } from '../exit.ts';

/**
 * Handles Ctrl-C and SIGTERM. The first one aborts the signal: work stops between two operations, and servers
 * are closed. The second one ends the process and its servers at once.
 * @param onFirst called at the first one, to say what happens now
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
