import { UserError } from '../user-error.ts';
import { about, type Line } from './line.ts';

const causeOf = (error: unknown, deadlineMs: number): string => {
  const { name, cause } = Object(error) as { name?: string; cause?: { code?: string } };
  return name === 'TimeoutError'
    ? `no answer in ${deadlineMs / 1000} s`
    : (cause?.code ?? 'failed');
};

/** What a check throws, as its line: never an answer or a value. */
const toLine = (thing: string, error: unknown, deadlineMs: number): Line => {
  const line = about(thing);
  if (!(error instanceof UserError))
    return line.problem(
      `it does not answer (${causeOf(error, deadlineMs)})`,
      'Check its address and the network; if it only takes so long, a sync waits as long for each answer.',
    );
  return line.problem(error.what, error.next);
};

/** Does a check within its time. What it throws is its line: never an answer or a value. */
export const inTime = async (
  thing: string,
  work: (signal: AbortSignal) => Promise<Line[]>,
  deadlineMs: number,
): Promise<Line[]> => {
  const signal = AbortSignal.timeout(deadlineMs);
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  try {
    return await Promise.race([work(signal), late]);
  } catch (error) {
    return [toLine(thing, error, deadlineMs)];
  }
};
