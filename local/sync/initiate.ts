import type { Failure, Log, Runner } from '../runner/index.ts';
import type { SyncInput } from './input.ts';

/** Job 0 hands on nothing, and says which message it posted. */
const POSTED = /Posted batch 1 of part 1, sync ([A-Za-z0-9-]+)/;

/**
 * A log that takes down which sync job 0 began.
 * @param log gets each line, too
 */
export const listenForSync = (log?: Log) => {
  let syncId: string | null = null;
  return {
    log: ((line) => {
      syncId = POSTED.exec(line.text)?.[1] ?? syncId;
      log?.(line);
    }) satisfies Log,
    syncId: () => syncId,
  };
};

/**
 * Runs job 0, which posts the first message of a sync to the inbox.
 * @returns why it failed; null where it did not
 */
export const initiate = async (run: Runner['run'], input: SyncInput): Promise<Failure | null> =>
  (await run('initiate-sync', { data: input })).failed;
