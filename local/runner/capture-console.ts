import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';
import type { LogLine } from './types.ts';

type Print = (level: LogLine['level'], text: string) => void;

const LEVELS = { log: 'info', info: 'info', warn: 'warn', error: 'error', debug: 'debug' } as const;

const prints = new AsyncLocalStorage<Print>();
let installed = false;

/** An error is its message alone: other fields of a database error hold the failing row. */
const asText = (value: unknown): string =>
  typeof value === 'string' ? value : value instanceof Error ? value.message : inspect(value);

/** Arguments of a console method as one line. */
export const formatArgs = (args: unknown[]): string => args.map(asText).join(' ');

const install = () => {
  installed = true;
  for (const [method, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, Level][]) {
    const original = console[method].bind(console);
    console[method] = (...args: unknown[]) => {
      const print = prints.getStore();
      if (print) print(level, formatArgs(args));
      else original(...args);
    };
  }
};

type Level = LogLine['level'];

/**
 * Runs `work` with what it prints to the global console handed to `print` instead. Adaptors are
 * loaded outside the sandbox and print there; what the rest of the process prints is left alone.
 */
export const captureConsole = <T>(print: Print, work: () => T): T => {
  if (!installed) install();
  return prints.run(print, work);
};

/** Runs `work` with the console as it was: what receives a run's lines may print them itself. */
export const withoutCapture = <T>(work: () => T): T => prints.exit(work);
