import { captureConsole } from '../../../local/runner/capture-console.ts';

/** Runs `work` without what it prints. */
export const quietly = <T>(work: () => T): T => captureConsole(() => {}, work);

/** Runs `work`, and gives what it printed, as `level: text`, with its result or error. */
export const printedBy = async <T>(work: () => Promise<T>) => {
  const lines: string[] = [];
  const outcome = await captureConsole(
    (level, text) => lines.push(`${level}: ${text}`),
    () =>
      work().then(
        (result) => ({ result, error: undefined }),
        (error) => ({ result: undefined, error }),
      ),
  );
  return { ...outcome, lines };
};
