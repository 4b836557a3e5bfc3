import { CommanderError } from 'commander';
import { type Code, ERRORS } from '../errors/registry.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { UserError } from '../user-error.ts';
import { isSystemError, toStateError } from './state-error.ts';
import type { Terminal } from './terminal.ts';

export type ErrorLine = { code: string; message: string; exitCode: ExitCode };

const oneLine = (text: string): string => text.trim().replaceAll(/\s*\n\s*/g, ' ');

/** Commander's own text says what is wrong with an option or a command, but not where to read more. */
const fromCommander = (error: CommanderError): ErrorLine => {
  const noCommand = error.code === 'commander.help';
  const text = noCommand ? 'no command given' : oneLine(error.message).replace(/^error: /, '');
  const message = `USAGE: ${text}: see \`npm run -s cli -- --help\``;
  return { code: 'USAGE', message, exitCode: EXIT.usage };
};

/** Any error as one line that says what failed and what to do next. */
export const errorLine = (thrown: unknown): ErrorLine => {
  const error = toStateError(thrown);
  if (error instanceof CommanderError) return fromCommander(error);
  const { name, message = String(error) } = Object(error) as { name?: string; message?: string };
  if (name === 'AbortError')
    return {
      code: 'INTERRUPTED',
      message: 'INTERRUPTED: stopped before anything began: run it again',
      exitCode: EXIT.interrupted,
    };
  const text = oneLine(message);
  if (error instanceof UserError)
    return { code: error.code, message: text, exitCode: error.exitCode };
  const code = /^([A-Z][A-Z0-9_]+):/.exec(text)?.[1];
  if (code && code in ERRORS && !isSystemError(error))
    return { code, message: text, exitCode: ERRORS[code as Code].exit };
  return {
    code: 'UNEXPECTED',
    message: `UNEXPECTED: ${text}: run again with --debug, and report what it prints`,
    exitCode: EXIT.failed,
  };
};

/**
 * Prints an error: one line on stderr, and with `json` also a document on stdout.
 * @param debug also prints the stack, which may name files but holds no data
 */
export const reportError = (
  error: unknown,
  how: { json: boolean; debug: boolean },
  { out, err }: Terminal,
): ExitCode => {
  const { code, message, exitCode } = errorLine(error);
  err.write(`${message}\n`);
  if (how.debug && error instanceof Error) err.write(`${error.stack}\n`);
  if (how.json) out.write(`${JSON.stringify({ exitCode, error: { code, message } })}\n`);
  return exitCode;
};
