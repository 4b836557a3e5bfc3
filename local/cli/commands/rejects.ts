import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../exit.ts';
import { readOrphans, readRejects } from '../../rejects/read-rejects.ts';
import { toCsv } from '../../rejects/to-csv.ts';
import { UserError } from '../../user-error.ts';
import { jsonOption, targetOptions } from '../options.ts';
import { explained, orphansText, rejectsText } from '../rejects-text.ts';
import type { Host, Terminal } from '../terminal.ts';
import { type TargetOptions, withTargetOna } from './target.ts';

export type RejectsOptions = TargetOptions & { json?: boolean; csv?: boolean; orphans?: boolean };

const rejectsOf = async (options: RejectsOptions): Promise<string> => {
  const found = await withTargetOna(options, 'rejects', readRejects);
  if (options.json) return `${JSON.stringify(found)}\n`;
  if (!options.csv) return rejectsText(found);
  const rows = found.map(({ indicators, ...each }) => ({
    ...{ ...each, ...explained(each.reason) },
    indicators: indicators.join(' '),
  }));
  return toCsv(
    ['reason', 'scope', 'field', 'primeroId', 'wanted', 'indicators', 'since', 'meaning', 'todo'],
    rows,
  );
};

const orphansOf = async (options: RejectsOptions): Promise<string> => {
  const found = await withTargetOna(options, 'rejects', readOrphans);
  if (options.json) return `${JSON.stringify(found)}\n`;
  return options.csv ? toCsv(['table', 'id', 'written'], found.orphans) : orphansText(found);
};

/** Lists what ONA lacks, or what Primero lacks. Returns the exit code. */
export const rejects = async (options: RejectsOptions, { out }: Terminal): Promise<ExitCode> => {
  if (options.json && options.csv)
    throw new UserError('USAGE', '--json and --csv exclude each other', 'leave one out');
  out.write(await (options.orphans ? orphansOf(options) : rejectsOf(options)));
  return EXIT.complete;
};

export const addRejects = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('rejects')
    .description('list what could not be loaded, and unseen children, by reason, with what to do')
    .option(
      '--orphans',
      'list the rows that an earlier integration left and that match no record of Primero',
    )
    .option('--csv', 'print CSV, for a spreadsheet');
  targetOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Children are named only by their id in Primero; with --orphans, by the ids of their rows. Removes
nothing. "Unseen" are children whom the sync's user may not see in Primero.

Examples:
  $ npm run -s cli -- rejects
  $ npm run -s cli -- rejects --credentials real.json --csv > rejects.csv
  $ npm run -s cli -- rejects --credentials real.json --orphans`,
    )
    .action((options: RejectsOptions) => end(rejects(options, terminal)));
};
