import { setTimeout as sleep } from 'node:timers/promises';
import type { Query } from '../../jobs/asking/question.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';
import { UserError } from '../user-error.ts';
import type { Answer, Ask } from './ask-primero.ts';
import { mayPass, refusalOf } from './refusal.ts';

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 30_000;

/** How long an answer may take before this is said, ms, and how often it is said. */
const SILENT_MS = 5000;

export type AskAgain = {
  /** How often it asks at most. */
  attempts: number;
  /** Called with how long Primero has not answered, and with why and when it asks again. */
  say?: ((text: string) => void) | undefined;
};

/** One try: the list, or why there is none and whether another try may help. */
const attempt = async (
  ask: Ask,
  primero: PrimeroCredential,
  path: string,
  query: Query,
): Promise<{ answer: Answer | null; error: UserError | null; mayHelp: boolean }> => {
  try {
    const answer = await ask(path, query);
    return { answer, error: refusalOf(answer, primero, path), mayHelp: mayPass(answer) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { answer: null, error, mayHelp: true };
  }
};

/** Says every few seconds that there is no answer yet. */
const sayingSilence = async <T>(work: () => Promise<T>, say?: AskAgain['say']): Promise<T> => {
  const began = Date.now();
  const timer = setInterval(() => {
    say?.(`Primero has not answered for ${Math.round((Date.now() - began) / 1000)} s …`);
  }, SILENT_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
};

/**
 * Asks Primero for a list, and asks again where that may help, after growing pauses or as long as it asks to wait.
 * @throws {UserError} why there is none
 */
export const askAgain =
  (ask: Ask, primero: PrimeroCredential, { attempts, say }: AskAgain) =>
  async (path: string, query: Query): Promise<Answer> => {
    for (let n = 1; ; n += 1) {
      const { answer, error, mayHelp } = await sayingSilence(
        () => attempt(ask, primero, path, query),
        say,
      );
      if (answer && !error) return answer;
      const delay = answer?.waitMs ?? FIRST_DELAY_MS * 2 ** (n - 1);
      if (!mayHelp || n >= attempts || delay > LONGEST_DELAY_MS) throw error!;
      const text = error!.what;
      say?.(
        `${text[0]!.toUpperCase()}${text.slice(1)}. Asking again in ${Math.ceil(delay / 1000)} s.`,
      );
      await sleep(delay);
    }
  };
