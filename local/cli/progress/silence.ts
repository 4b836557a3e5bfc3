import type { createRunner, Log } from '../../runner/index.ts';

/** After how long without an answer this is said first, ms, and how often it is said again. */
const SILENT_MS = 5000;
const AGAIN_MS = 10_000;

/** Which system a step waits for. */
const ASKED: Record<string, string> = {
  'initiate-sync': 'The inbox',
  'get-cases': 'Primero',
  'upsert-cases': 'ONA',
  'request-next-batch': 'The inbox',
};

/** What the jobs log before they ask again: the reason, and in how many seconds. */
const AGAIN = /^.* Asking again in \d+ s\.$/;

type MakeRunner = typeof createRunner;

/**
 * A runner whose runs say which system has not answered, and for how long. They also say why and when a request is made again.
 * @param say prints a line
 */
export const tellingRunner =
  (make: MakeRunner, say: (text: string) => void): MakeRunner =>
  (options) => {
    let step: string | null = null;
    let heard = Date.now();
    let told = 0;
    const log: Log = (line) => {
      step = line.step ?? step;
      heard = Date.now();
      if (AGAIN.test(line.text)) say(line.text);
      options.log?.(line);
    };
    const look = () => {
      const silent = Date.now() - heard;
      if (silent < SILENT_MS) told = 0;
      const who = ASKED[step ?? ''];
      if (!who || silent < told + (told === 0 ? SILENT_MS : AGAIN_MS)) return;
      told = silent;
      say(`${who} has not answered for ${Math.round(silent / 1000)} s …`);
    };
    const runner = make({ ...options, log });
    return {
      run: async (start, input) => {
        heard = Date.now();
        step = start;
        const timer = setInterval(look, 1000);
        try {
          return await runner.run(start, input);
        } finally {
          clearInterval(timer);
        }
      },
    };
  };
