import type { Command } from 'commander';
import { readAudit } from '../../audit/read-audit.ts';
import { sayAct } from '../../audit/say-act.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { jsonOption, targetOptions } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { type TargetOptions, withTargetOna } from './target.ts';

/** Says who did what. Returns the exit code. */
export const audit = async (
  options: TargetOptions & { json?: boolean },
  { out }: Terminal,
): Promise<ExitCode> => {
  const lines = await withTargetOna(options, 'audit', readAudit);
  const said = lines.map(
    (line) => `${line.notedAt.toISOString()}  ${line.login}  ${sayAct(line)}\n`,
  );
  const text = said.join('') || 'Nobody has done anything that is noted.\n';
  out.write(options.json ? `${JSON.stringify(lines)}\n` : text);
  return EXIT.complete;
};

export const addAudit = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('audit')
    .description(
      'who published a quarter, erased a child, accepted removals or listed cases, and when',
    );
  targetOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Needs the owner of the tables, or an officer. Logins are those of ONA, times are UTC.

Examples:
  $ npm run -s cli -- audit
  $ npm run -s cli -- audit --credentials officer.json --json`,
    )
    .action((options) => end(audit(options, terminal)));
};
