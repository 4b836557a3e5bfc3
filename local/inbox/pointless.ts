import type { Entry } from './store.ts';

/**
 * Failed messages that are no longer needed: a later sync began and ended theirs, or their batch was done
 * later.
 * @returns their ids
 */
export const pointless = (entries: readonly Entry[]): Set<string> => {
  const done = entries.filter(({ state }) => state === 'done');
  const isOver = ({ syncId, part, batch, arrival }: Entry): boolean =>
    done.some(
      (other) =>
        other.arrival > arrival &&
        (other.syncId === syncId ? other.part === part && other.batch >= batch : true),
    );
  return new Set(
    entries.filter((entry) => entry.state === 'failed' && isOver(entry)).map(({ id }) => id),
  );
};
