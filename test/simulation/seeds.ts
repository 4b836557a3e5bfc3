import fc from 'fast-check';
import { anyHistory } from './any-history.ts';
import type { Database } from './database.ts';
import type { History } from './history.ts';
import type { Jobs } from './jobs.ts';
import { type Count, playHistory } from './play.ts';

/** A history that breaks a promise, and how. */
export type Failure = { seed: number; reason: string; history: History };

/** How long the shortest failing history is looked for. */
const SHRINKING_MS = 90_000;

/**
 * Plays the history of a seed.
 * @param shrinks whether to look for the shortest history that still fails
 */
export const findFailure = async (
  seed: number,
  jobs: Jobs,
  ona: Database,
  count: Count,
  shrinks = true,
): Promise<Failure | null> => {
  const check = async (settings: fc.Parameters<[History]>): Promise<Failure | null> => {
    const property = fc.asyncProperty(anyHistory, (history) =>
      playHistory(history, jobs, ona, count),
    );
    const { counterexample, errorInstance } = await fc.check(property, {
      ...{ seed, numRuns: 1, unbiased: true },
      ...settings,
    });
    if (!counterexample) return null;
    const reason =
      errorInstance instanceof Error ? (errorInstance.stack ?? '') : String(errorInstance);
    return { seed, reason, history: counterexample[0] };
  };
  const failure = await check({ endOnFailure: true });
  if (!failure || !shrinks) return failure;
  return (await check({ interruptAfterTimeLimit: SHRINKING_MS })) ?? failure;
};

/** A failure for people: what broke, how to play it again, and the history. */
export const describeFailure = ({ seed, reason, history }: Failure): string =>
  [
    reason.split('\n    at ')[0],
    `Play it again: npm run simulate -- --seeds 1 --seed ${seed}`,
    'The shortest history found that still fails:',
    JSON.stringify(history, null, 2),
  ].join('\n');
