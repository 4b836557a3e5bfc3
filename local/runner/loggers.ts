import type { Logger } from '@openfn/logger';
import { formatArgs } from './capture-console.ts';
import type { LogLine } from './types.ts';

type Print = (level: LogLine['level'], text: string) => void;

const METHODS: Record<string, LogLine['level']> = {
  debug: 'debug',
  info: 'info',
  log: 'info',
  success: 'info',
  always: 'info',
  warn: 'warn',
  error: 'error',
};

const printers = (print: Print, format: (args: unknown[]) => string) =>
  Object.fromEntries(
    Object.entries(METHODS).map(([method, level]) => [
      method,
      (...args: unknown[]) => {
        const text = format(args);
        if (text !== '') print(level, text);
      },
    ]),
  );

/** The `console` that jobs have in their sandbox. */
export const jobConsole = (print: Print): Logger =>
  printers(print, formatArgs) as unknown as Logger;

/** As the runtime uses it: a name's first call starts its timer, the second ends it. */
const stopwatch = () => {
  const started = new Map<string, number>();
  return (name: string): string | undefined => {
    const start = started.get(name);
    if (start === undefined) {
      started.set(name, performance.now());
      return undefined;
    }
    started.delete(name);
    return `${Math.round(performance.now() - start)}ms`;
  };
};

/** Objects in the runtime's own lines are an error's `details`, which may hold rows: left out. */
const texts = (args: unknown[]) =>
  formatArgs(args.filter((arg) => typeof arg === 'string' || arg instanceof Error));

/**
 * The logger that the runtime prints its own lines to. `beforeOperation` is called as each
 * operation of a job starts, and stops the job there by throwing: the runtime has no event for it,
 * but announces it to its logger.
 */
export const runtimeLogger = (print: Print, beforeOperation: () => void): Logger => {
  const base = printers(print, texts);
  return {
    ...base,
    debug: (...args: unknown[]) => {
      base.debug?.(...args);
      if (String(args[0]).startsWith('Starting operation')) beforeOperation();
    },
    timer: stopwatch(),
    break: () => {},
  } as unknown as Logger;
};
