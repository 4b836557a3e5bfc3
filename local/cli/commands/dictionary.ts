import Table from 'cli-table3';
import type { Command } from 'commander';
import { type DictionaryReport, fillDictionary } from '../../dictionary/fill.ts';
import type { Finding } from '../../dictionary/types.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { plural } from '../../words.ts';
import { jsonOption, targetOptions } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { type TargetOptions, withTargetServers } from './target-servers.ts';

export type DictionaryOptions = TargetOptions & { overwrite?: boolean; json?: boolean };

const MEANING: Record<Finding['kind'], string> = {
  DIFFERS: 'Primero has another label: `cases` keep the mapping’s label',
  REUSED: 'Primero uses the code with another meaning: `cases` keep the mapping’s label',
  UNMAPPED: 'the mapping has no label for it: `cases` hold the code',
  GONE: 'Primero no longer has this code: the mapping’s label stays',
  MERGED: 'another option is stored as the same value',
  NO_FIELD: 'Primero shows no such field to this user',
  NO_OPTIONS: 'Primero did not send its list of options',
};

const findingsTable = (findings: Finding[]): string => {
  const table = new Table({
    head: ['Column', 'Code in Primero', 'Stored as', 'Primero’s label', 'What it means'],
    style: { head: [], border: [] },
    colWidths: [null, 28, 28, 28, 40],
    wordWrap: true,
  });
  for (const { column, code, stored, primero, kind } of findings)
    table.push([column, code, stored ?? '', primero ?? '', MEANING[kind]]);
  return table.toString();
};

const describe = ({ inserted, updated, unchanged, kept, findings }: DictionaryReport): string => {
  const counts = `data_dictionary: ${plural(inserted, 'label', 'labels')} added, ${updated} changed, ${unchanged} unchanged.`;
  const own =
    kept > 0
      ? [
          `Left as they are: ${plural(kept, 'row', 'rows')} written by the ONA team. --overwrite replaces them with Primero’s labels.`,
        ]
      : [];
  const look =
    findings.length > 0
      ? ['', 'Worth a look (config/codes.json is the mapping):', findingsTable(findings)]
      : [];
  return `${[counts, ...own, ...look].join('\n')}\n`;
};

/** Fills the dictionary of the target from its Primero. Returns the exit code. */
export const dictionary = async (
  options: DictionaryOptions,
  { out }: Terminal,
): Promise<ExitCode> => {
  const { overwrite = false, json = false } = options;
  const report = await withTargetServers(options, 'dictionary', (servers, file) =>
    fillDictionary(servers, { overwrite, file }),
  );
  out.write(json ? `${JSON.stringify(report)}\n` : describe(report));
  return EXIT.complete;
};

export const addDictionary = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('dictionary')
    .description('fill data_dictionary with Primero’s labels, in English and Khmer')
    .option('--overwrite', 'also overwrite rows that the ONA team wrote');
  targetOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Shows which labels differ from the mapping's, and which codes the mapping lacks. Reads no case.
A second run changes nothing.

Examples:
  $ npm run -s cli -- dictionary
  $ npm run -s cli -- dictionary --credentials real.json --json`,
    )
    .action((options: DictionaryOptions) => end(dictionary(options, terminal)));
};
