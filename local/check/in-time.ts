import { UserError } from '../user-error.ts';
import { about, type Line } from './line.ts';

const causeOf = (error: unknown, deadlineMs: number): string => {
  const { name, cause } = Object(error) as { name?: string; cause?: { code?: string } };
  return name === 'TimeoutError'
    ? `no answer in ${deadlineMs / 1000} s`
    : (cause?.code ?? 'failed');
};

/** The line for an error that a check throws. It never holds an answer or a value. */
const toLine = (thing: string, error: unknown, deadlineMs: number): Line => {
  const line = about(thing);
  if (!(error instanceof UserError))
    return line.problem(
      `it does not answer (${causeOf(error, deadlineMs)})`,
      'Check its address and the network. If it is only slow, a sync will have to wait that long for each answer.',
    );
  return line.problem(error.what, error.next);
};

/** How long an answer may take before this is said, ms. */
const SILENT_MS = 5000;

/**
 * Does a check within its time. An error that it throws becomes a line, which never holds an answer or a value.
 * @param say told how long it has been waited for
 */
export const inTime = async (
  thing: string,
  work: (signal: AbortSignal) => Promise<Line[]>,
  deadlineMs: number,
  say?: (text: string) => void,
): Promise<Line[]> => {
  const began = Date.now();
  const timer = setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    say?.(`Waiting for ${thing} for ${seconds} s …`);
  }, SILENT_MS);
  const signal = AbortSignal.timeout(deadlineMs);
  const late = new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );
  try {
    return await Promise.race([work(signal), late]);
  } catch (error) {
    return [toLine(thing, error, deadlineMs)];
  } finally {
    clearInterval(timer);
  }
};
