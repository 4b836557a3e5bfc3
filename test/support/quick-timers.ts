import { DATABASE, RETRY } from '../../jobs/policy.ts';

/** Waiting in jobs takes a hundredth of its time: a second is 10 ms. */
const QUICKER = 100;

/** Time-outs take 3 s: real answers must come within it. */
const TIMEOUT = { asked: [RETRY.timeout * 1000, DATABASE.answerMs], real: 3000 };

/**
 * Timers for the sandbox of a runner, for tests in which jobs wait and ask again; `waits` are the waits in
 * seconds that were asked for, time-outs left out.
 */
export const quickTimers = () => {
  const waits: number[] = [];
  return {
    waits,
    globals: {
      setTimeout: (work: () => void, ms: number) => {
        if (TIMEOUT.asked.includes(ms)) return setTimeout(work, TIMEOUT.real);
        waits.push(ms / 1000);
        return setTimeout(work, ms / QUICKER);
      },
    },
  };
};
