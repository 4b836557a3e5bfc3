import { Command } from 'commander';
import project from '../../package.json' with { type: 'json' };
import { addAudit } from './commands/audit.ts';
import { addChanges } from './commands/changes.ts';
import { addCheck } from './commands/check.ts';
import { addCredentials } from './commands/credentials.ts';
import { addDictionary } from './commands/dictionary.ts';
import { addErase } from './commands/erase.ts';
import { addErrors } from './commands/errors.ts';
import { addInbox } from './commands/inbox.ts';
import { addMigrate } from './commands/migrate.ts';
import { addRejects } from './commands/rejects.ts';
import { addReplay } from './commands/replay.ts';
import { addReport } from './commands/report.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addStatus } from './commands/status.ts';
import { addSync } from './commands/sync.ts';
import { addWhy } from './commands/why.ts';
import type { Host } from './terminal.ts';

/**
 * The command line. Each command gives its exit code to the host.
 * Wrong usage throws a CommanderError, whose text `errorLine` makes one line of.
 */
export const makeProgram = (host: Host): Command => {
  const program = new Command('npm run -s cli --')
    .description(
      "Brings children's cases from Primero into the ONA database. Each sync looks at every child.",
    )
    .version(`${project.name} ${project.version}`, '--version', 'show the version')
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureOutput({ outputError: () => {}, writeOut: (text) => host.terminal.out.write(text) })
    .addHelpText(
      'after',
      `
Examples:
  $ npm start                                            a whole sync of the built-in sandbox
  $ npm run -s cli -- sync --credentials real.json       a whole sync of real servers
  $ npm run -s cli -- status --json                      whether ONA is complete, as JSON
  $ npm run -s cli -- sync --help                        all options of a command`,
    );
  for (const add of [
    addSync,
    addReplay,
    addInbox,
    addStatus,
    addSandbox,
    addCredentials,
    addMigrate,
    addDictionary,
    addReport,
    addChanges,
    addCheck,
    addWhy,
    addRejects,
    addErase,
    addAudit,
    addErrors,
  ])
    add(program, host);
  return program;
};
