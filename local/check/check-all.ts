import { RETRY } from '../../jobs/policy.ts';
import type { Credentials } from '../credentials/schema.ts';
import { UserError } from '../user-error.ts';
import { checkInbox } from './inbox.ts';
import { about, type Line } from './line.ts';
import { checkOna } from './ona.ts';
import { checkPrimero } from './primero.ts';

/** As long as a job waits for an answer: a large Primero takes its time. */
const DEADLINE_MS = RETRY.timeout * 1000;

/** What cannot be tried from here, whatever is ready. */
export const NOT_TRIED = [
  "whether ONA and Primero let the platform's own address in",
  'pages of Primero after the first of each indicator',
  'values that only single children have: those are rejected one by one, and named',
];

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
    return [toLine(thing, error, deadlineMs)];
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
