import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../exit.ts';
import { UserError } from '../../user-error.ts';
import { readWhy } from '../../why/read-why.ts';
import { sayWhy } from '../../why/say-why.ts';
import { jsonOption, targetOptions } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { type TargetOptions, withTargetOna } from './target.ts';

/** Says by which sync a case came to ONA, or why it is not there. Gives the exit code. */
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

export const addWhy = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('why')
    .argument('<case_id>', 'case_id, or the id in Primero (a UUID)')
    .description(
      'by which sync a case came to ONA, what it counts for, or why it is not there; no personal data',
    );
  targetOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  $ npm run -s cli -- why d41f17d
  $ npm run -s cli -- why d41f17d --credentials real.json --json`,
    )
    .action((id: string, options) => end(why(id, options, terminal)));
};
