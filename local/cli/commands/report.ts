import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../exit.ts';
import { publish } from '../../figures/publish.ts';
import { writeReport } from '../../report/write-report.ts';
import { targetOptions } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { chainPathsFor, type TargetOptions, withTargetOna } from './target.ts';
import { fromHere } from './where.ts';

export type ReportOptions = TargetOptions & {
  out?: string;
  csv?: string;
  xlsx?: string;
  publish?: string;
};

/** Writes the page of the target's indicators. Returns the exit code. */
export const report = async (options: ReportOptions, { out }: Terminal): Promise<ExitCode> => {
  const { inbox } = await chainPathsFor(options);
  const written = await withTargetOna(options, 'report', async (ona, credentialsFile) => {
    if (options.publish) {
      const { quarter, syncId, isNew } = await publish(ona, options.publish, credentialsFile);
      const said = isNew ? 'Published' : 'Was published already';
      out.write(`${said}: ${quarter}, from sync ${syncId}. These numbers stay as they are.\n`);
    }
    const [html, csv, xlsx] = [options.out, options.csv, options.xlsx].map(
      (each) => each && resolve(each),
    );
    const how = { isSandbox: credentialsFile === undefined, credentialsFile };
    return writeReport(ona, { folder: dirname(inbox), html, csv, xlsx }, how);
  });
  for (const { file, bytes } of written) {
    const how = file === written.at(-1)!.file ? ': open it in a browser' : '';
    out.write(`${fromHere(file)}  ${Math.ceil(bytes / 1024)} KB${how}\n`);
  }
  return EXIT.complete;
};

export const addReport = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('report')
    .description('write both indicators as one HTML page, in English and Khmer')
    .option(
      '--out <file>',
      'write only the page, to this file; without it, all files go to the state folder, named by day',
    )
    .option('--csv <file>', 'write every number as one table to this file')
    .option('--xlsx <file>', 'the same for Excel, with a sheet of definitions')
    .option('--publish <quarter>', 'mark the numbers of a quarter as published, such as 2026-Q4');
  targetOptions(command)
    .addHelpText(
      'after',
      `
Only reads ONA; --publish also notes there who published what. The page contains both spreadsheets.
Files are named by the day of the newest sync, such as report-2026-11-25.html; report.html is a copy of the
newest page. Khmer labels come from data_dictionary: fill it with \`dictionary\` first.

Examples:
  $ npm run -s cli -- report
  $ npm run -s cli -- report --credentials real.json --out indicators.html
  $ npm run -s cli -- report --credentials real.json --xlsx indicators.xlsx
  $ npm run -s cli -- report --credentials real.json --publish 2026-Q4`,
    )
    .action((options: ReportOptions) => end(report(options, terminal)));
};
