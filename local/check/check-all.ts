import { RETRY } from '../../jobs/policy.ts';
import type { Credentials } from '../credentials/schema.ts';
import { inTime } from './in-time.ts';
import { checkInbox } from './inbox.ts';
import { about, type Line } from './line.ts';
import { checkOna } from './ona.ts';
import { checkPrimero } from './primero.ts';

/** As long as a job waits for an answer: a large Primero may take long. */
const DEADLINE_MS = RETRY.timeout * 1000;

/** What cannot be checked from here. */
export const NOT_TRIED = [
  "whether ONA and Primero let the platform's own address in",
  'pages of Primero after the first of each indicator',
  'values that only single children have: such records become rejects, one by one',
];

/**
 * Checks whether Primero, ONA and the inbox have all that a sync needs, all three at once. Keeps nothing, and never throws.
 * @param file path of the credentials file, for messages
 * @param say called with what it waits for, after 5 s
 */
export const checkAll = async (
  { primero, ona, inbox }: Credentials,
  {
    file,
    deadlineMs = DEADLINE_MS,
    say,
  }: { file?: string; deadlineMs?: number; say?: (text: string) => void } = {},
): Promise<Line[]> => {
  const noInbox = about('inbox').ok('none in the credentials: `sync` starts its own');
  const found = await Promise.all([
    inTime('Primero', (signal) => checkPrimero(primero, signal), deadlineMs, say),
    inbox ? inTime('inbox', (signal) => checkInbox(inbox, signal), deadlineMs, say) : [noInbox],
    inTime('ONA', () => checkOna(ona, file), deadlineMs, say),
  ]);
  return found.flat();
};
