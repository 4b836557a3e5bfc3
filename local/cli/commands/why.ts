import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../exit.ts';
import { UserError } from '../../user-error.ts';
import { readWhy } from '../../why/read-why.ts';
import { sayWhy } from '../../why/say-why.ts';
import { jsonOption, targetOptions } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { type TargetOptions, withTargetOna } from './target.ts';
import { whyCell } from './why-cell.ts';

/** Says by which sync a case came to ONA, or why it is not there. Returns the exit code. */
export const why = async (
  id: string,
  options: TargetOptions & { json?: boolean },
  { out }: Terminal,
): Promise<ExitCode> => {
  const found = await withTargetOna(options, 'why', (ona, file) => readWhy(ona, id, file));
  const lines = sayWhy(found);
  if (lines.length === 0)
    throw new UserError(
      'CASE_UNKNOWN',
      'ONA knows no such case, loaded or rejected',
      'try its id in Primero (the UUID in the address of its page), or look whether `status` shows a complete census',
    );
  out.write(options.json ? `${JSON.stringify(found)}\n` : `${lines.join('\n')}\n`);
  return EXIT.complete;
};

type WhyOptions = TargetOptions & { json?: boolean; cell?: string[]; cases?: boolean };

/** Either a case or a number is asked about. */
const eitherWhy = (
  id: string | undefined,
  options: WhyOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const { cell, cases } = options;
  if ((id === undefined) === (cell === undefined))
    throw new UserError(
      'USAGE',
      'why needs a case or a number, one of the two',
      'give a case_id, or --cell with an indicator, a quarter, and perhaps a province',
    );
  if (cell) return whyCell({ ...options, cell }, terminal);
  if (cases) throw new UserError('USAGE', '--cases belongs to --cell', 'leave it out');
  return why(id!, options, terminal);
};

export const addWhy = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('why')
    .argument('[case_id]', 'case_id, or the id in Primero (a UUID)')
    .description(
      'by which sync a case came to ONA, what it counts for, or why it is not there; no personal data. Or what is behind a number',
    )
    .option(
      '--cell <indicator, quarter and province...>',
      'a number: how many, by which rule, from which sync, and how it changed; the province may be left out',
    )
    .option('--cases', 'with --cell: list its cases; for officers, and noted (`audit`)');
  targetOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
A province is given by its code or name, in English or Khmer; unknown is where none is recorded.
A login that may not read exact numbers, such as dashboard, gets rounded ones.

Examples:
  $ npm run -s cli -- why d41f17d
  $ npm run -s cli -- why d41f17d --credentials real.json --json
  $ npm run -s cli -- why --cell 4.8 2026-Q4 Kratie --credentials officer.json
  $ npm run -s cli -- why --cell 4.8 2026-Q4 Kratie --cases --credentials officer.json`,
    )
    .action((id: string | undefined, options) => end(eitherWhy(id, options, terminal)));
};
