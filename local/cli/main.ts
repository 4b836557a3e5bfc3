import { CommanderError } from 'commander';
import { EXIT } from '../exit.ts';
import { calledHere } from './as-called.ts';
import { makeProgram } from './program.ts';
import { reportError } from './report-error.ts';
import { PROCESS_TERMINAL, type Terminal } from './terminal.ts';

/** Help that was asked for is not an error, but a missing command is. */
const isHelp = (error: unknown): boolean => error instanceof CommanderError && error.exitCode === 0;

/**
 * Runs the command line. Never throws: errors are printed before this resolves.
 * @param args what is typed after the command's name
 * @returns the exit code
 */
export const main = async (args: string[], given: Terminal = PROCESS_TERMINAL): Promise<number> => {
  const terminal = calledHere(given);
  let exitCode: number = EXIT.complete;
  const end = async (code: Promise<number>) => {
    exitCode = await code;
  };
  try {
    const program = makeProgram({ terminal, end });
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (isHelp(error)) return EXIT.complete;
    const json = args.includes('--json');
    return reportError(error, { json, debug: args.includes('--debug') }, terminal);
  }
};
