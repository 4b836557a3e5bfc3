import type { Command } from 'commander';
import { eraseCase } from '../../erase/erase.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { plural } from '../../words.ts';
import { jsonOption, targetOptions } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { type TargetOptions, withTargetOna } from './target.ts';

/** Removes a child from ONA, and keeps it out. Returns the exit code. */
export const erase = async (
  id: string,
  options: TargetOptions & { json?: boolean },
  { out }: Terminal,
): Promise<ExitCode> => {
  const erased = await withTargetOna(options, 'erase', (ona, file) => eraseCase(ona, id, file));
  const { cases, services, isNew } = erased;
  const what = `${plural(cases, 'case', 'cases')} and ${plural(services, 'service', 'services')} removed from ONA.`;
  const kept = isNew ? 'It is kept out from now on' : 'It was kept out already';
  out.write(
    options.json
      ? `${JSON.stringify(erased)}\n`
      : `${what}\n${kept}, while Primero still has it. Backups of ONA contain it until they expire.\n`,
  );
  return EXIT.complete;
};

export const addErase = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('erase')
    .argument('<case_id>', 'case_id, or the id in Primero (a UUID)')
    .description(
      'remove a child from every table of ONA at once, and keep it out; cannot be undone',
    );
  targetOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Needs a user who may delete: the owner of the tables. Primero is not changed.

Example:
  $ npm run -s cli -- erase d41f17d --credentials owner.json`,
    )
    .action((id: string, options) => end(erase(id, options, terminal)));
};
