/** Something took too long and was given up. */
export class Timeout extends Error {}

/**
 * Gives up a promise after a time. The adaptors have no time-out, and some never settle.
 * @throws {Timeout} with the code that Node's own time-outs have
 */
export const withTimeout = <T>(answer: Promise<T>, ms: number): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Timeout(), { code: 'ETIMEDOUT' })), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
