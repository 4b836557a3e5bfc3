import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../exit.ts';
import { writeReport } from '../../report/write-report.ts';
import { allowHttpOption, credentialsOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { chainPathsFor, type TargetOptions, withTargetOna } from './target.ts';
import { fromHere } from './where.ts';

export type ReportOptions = TargetOptions & { out?: string };

/** Writes the page of the target's indicators. Gives the exit code. */
export const report = async (options: ReportOptions, { out }: Terminal): Promise<ExitCode> => {
  const { inbox } = await chainPathsFor(options);
  const file = options.out ? resolve(options.out) : join(dirname(inbox), 'report.html');
  const bytes = await withTargetOna(options, 'report', (ona, credentialsFile) =>
    writeReport(ona, file, { isSandbox: credentialsFile === undefined, credentialsFile }),
  );
  out.write(`${fromHere(file)}  ${Math.ceil(bytes / 1024)} KB: open it in a browser\n`);
  return EXIT.complete;
};

export const addReport = (program: Command, { end, terminal }: Host) => {
  program
    .command('report')
    .description('write both indicators as one HTML page, in English and Khmer')
    .option('--out <file>', 'where to; report.html in the state folder unless given')
    .option('--sandbox', 'the local sandbox, also when the environment names credentials')
    .addOption(credentialsOption())
    .addOption(allowHttpOption())
    .addHelpText(
      'after',
      `
Reads ONA only. Khmer labels come from data_dictionary: fill it with \`dictionary\` first.

Examples:
  $ npm run -s cli -- report
  $ npm run -s cli -- report --credentials real.json --out indicators.html`,
    )
    .action((options: ReportOptions) => end(report(options, terminal)));
};
