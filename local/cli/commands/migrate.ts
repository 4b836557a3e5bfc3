import type { Command } from 'commander';
import type { Line } from '../../check/line.ts';
import { leftAsItIs } from '../../check/ona/look.ts';
import { readCredentials } from '../../credentials/read.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { migrateCommand } from '../../ona/check-tables.ts';
import { placeOf } from '../../ona/connect.ts';
import { migrate as applyMigrations } from '../../ona/migrate.ts';
import { migrateText } from '../migrate-text.ts';
import { allowHttpOption, credentialsOption, jsonOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';

export type MigrateOptions = {
  credentials?: string;
  allowHttp?: boolean;
  dryRun?: boolean;
  json?: boolean;
};

/** Brings the ONA of the credentials up to date. Returns the exit code: 0, even if something is left for a person to change. */
export const migrate = async (
  { credentials: given, allowHttp, dryRun = false, json = false }: MigrateOptions,
  { out }: Terminal,
): Promise<ExitCode> => {
  const { credentials, file } = await readCredentials(
    given,
    allowHttp,
    'the sandbox needs no `migrate`, as it migrates itself',
  );
  let left: Line[] = [];
  const steps = await applyMigrations(credentials.ona, {
    dryRun,
    look: async (client) => {
      left = await leftAsItIs(client, `\`${migrateCommand(file)}\``);
    },
  });
  const place = placeOf(credentials.ona);
  out.write(
    json
      ? `${JSON.stringify({ dryRun, steps, left })}\n`
      : migrateText({ steps, left, place }, dryRun),
  );
  return EXIT.complete;
};

export const addMigrate = (program: Command, { end, terminal }: Host) => {
  program
    .command('migrate')
    .description('add the tables, columns and views that ONA lacks; leave the rest as it is')
    .addOption(credentialsOption())
    .addOption(allowHttpOption())
    .option('--dry-run', 'show what would be added, and add nothing')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Can be run any number of times. It adds everything or nothing, and also adds again what somebody
removed. It changes no column that exists: it says which ones must be changed, and with which SQL.
The sandbox migrates itself.

Examples:
  $ npm run -s cli -- migrate --credentials owner.json --dry-run
  $ npm run -s cli -- migrate --credentials owner.json`,
    )
    .action((options) => end(migrate(options, terminal)));
};
