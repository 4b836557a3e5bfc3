import type { Credentials } from '../credentials/schema.ts';
import { UserError } from '../user-error.ts';
import { checkInbox } from './inbox.ts';
import { about, type Line } from './line.ts';
import { checkOna } from './ona.ts';
import { checkPrimero } from './primero.ts';

/** All checks together are to take less than 10 s, whatever does not answer. */
const DEADLINE_MS = 8500;

const causeOf = (error: unknown): string => {
  const { name, cause } = Object(error) as { name?: string; cause?: { code?: string } };
  return name === 'TimeoutError'
    ? `no answer in ${DEADLINE_MS / 1000} s`
    : (cause?.code ?? 'failed');
};

/** What a check throws, as its line: never an answer or a value. */
const toLine = (thing: string, error: unknown): Line => {
  const line = about(thing);
  if (!(error instanceof UserError))
    return line.problem(
      `it does not answer (${causeOf(error)})`,
      'Check its address, and the network.',
    );
  return line.problem(error.what, error.next);
};

const inTime = async (
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
    return [toLine(thing, error)];
  }
};

/**
 * Checks Primero, ONA and the inbox at once: what a sync needs of each. Reads only, and never throws.
 * @param file path of the credentials file, for messages
 */
export const checkAll = async (
  { primero, ona, inbox }: Credentials,
  { file, deadlineMs = DEADLINE_MS }: { file?: string; deadlineMs?: number } = {},
): Promise<Line[]> => {
  const noInbox = about('inbox').ok('none in the credentials: `sync` hosts its own');
  const found = await Promise.all([
    inTime('Primero', (signal) => checkPrimero(primero, signal), deadlineMs),
    inbox ? inTime('inbox', (signal) => checkInbox(inbox, signal), deadlineMs) : [noInbox],
    inTime('ONA', () => checkOna(ona, file), deadlineMs),
  ]);
  return found.flat();
};
