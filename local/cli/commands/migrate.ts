import type { Command } from 'commander';
import { readCredentials } from '../../credentials/read.ts';
import { placeOf } from '../../ona/connect.ts';
import { migrate as applyMigrations } from '../../ona/migrate.ts';
import { EXIT, type ExitCode } from '../../user-error.ts';
import { allowHttpOption, credentialsOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';

/** Brings the ONA of the credentials up to date. Gives the exit code. */
export const migrate = async (
  options: { credentials?: string; allowHttp?: boolean },
  { out }: Terminal,
): Promise<ExitCode> => {
  const { credentials } = await readCredentials(
    options.credentials,
    options.allowHttp,
    'leave it: the sandbox is migrated by itself',
  );
  const applied = await applyMigrations(credentials.ona);
  const place = placeOf(credentials.ona);
  out.write(
    applied.length === 0
      ? `ONA at ${place} is up to date: nothing to do.\n`
      : `ONA at ${place} is up to date: applied ${applied.join(', ')}.\n`,
  );
  return EXIT.complete;
};

export const addMigrate = (program: Command, { end, terminal }: Host) => {
  program
    .command('migrate')
    .description('add the tables and columns that ONA lacks; what it has stays as it is')
    .addOption(credentialsOption())
    .addOption(allowHttpOption())
    .addHelpText(
      'after',
      `
Can be run any number of times. The sandbox is migrated by itself.

Example:
  $ npm run -s cli -- migrate --credentials real.json`,
    )
    .action((options) => end(migrate(options, terminal)));
};
