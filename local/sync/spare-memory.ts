import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Resident bytes from which memory is given back: a run on the platform has 256 MB. */
const ENOUGH = 180_000_000;

let collect: (() => void) | undefined;

/**
 * Has V8 collect what finished runs left, once there is much of it. Each run leaves sandboxes
 * behind, and V8 lets them pile up for long where the machine has plenty of memory.
 */
export const spareMemory = (): void => {
  if (process.memoryUsage.rss() < ENOUGH) return;
  if (!collect) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
    // The sandboxes of later runs must not have it among their globals.
    setFlagsFromString('--no-expose-gc');
  }
  collect();
};
