import { Command } from 'commander';
import { addInbox } from './commands/inbox.ts';
import { addMigrate } from './commands/migrate.ts';
import { addReplay } from './commands/replay.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addStatus } from './commands/status.ts';
import { addSync } from './commands/sync.ts';
import type { ExitCode } from './user-error.ts';

/**
 * The command line. Each command gives its exit code to `onEnd`.
 * Wrong usage throws a CommanderError, whose text `errorLine` makes one line of.
 */
export const makeProgram = (onEnd: (code: ExitCode) => void): Command => {
  const end = async (code: Promise<ExitCode>) => onEnd(await code);
  const program = new Command('npm run -s cli --')
    .description("Brings children's cases that changed in Primero into the ONA database.")
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addHelpText(
      'after',
      `
Examples:
  $ npm start                                            a whole sync of the built-in sandbox
  $ npm run -s cli -- sync --credentials real.json       a whole sync of real servers
  $ npm run -s cli -- status --json                      what is covered and proven
  $ npm run -s cli -- sync --help                        every option of a command`,
    );
  for (const add of [addSync, addReplay, addInbox, addStatus, addSandbox, addMigrate])
    add(program, end);
  return program;
};
