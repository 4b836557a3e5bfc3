import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../exit.ts';
import { type Compared, compare } from '../../figures/changes.ts';
import { sayChanges } from '../../figures/say-changes.ts';
import { plural } from '../../words.ts';
import { jsonOption, targetOptions } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { type TargetOptions, withTargetOna } from './target.ts';

const MEASURES = {
  registered: 'registered in the quarter',
  served: 'with a service in it',
} as const;

const children = (count: number): string => plural(count, 'child', 'children');

/** One indicator in words. */
export const sayCompared = ({
  indicator,
  measure,
  published,
  now,
  changes,
}: Compared): string[] => {
  const name = `${indicator}, ${MEASURES[measure]}`;
  if (changes.length === 0) return [`${name}: ${children(published)}, as published.`];
  return [
    `${name}: published ${children(published)}, now ${now}.`,
    ...sayChanges(changes).map((line) => `  ${line}`),
  ];
};

/** Says why the numbers of a published quarter have changed. Returns the exit code. */
export const changes = async (
  quarter: string,
  options: TargetOptions & { json?: boolean },
  { out }: Terminal,
): Promise<ExitCode> => {
  const { version, compared } = await withTargetOna(options, 'changes', (ona, file) =>
    compare(ona, quarter, file),
  );
  if (options.json) {
    out.write(`${JSON.stringify({ ...version, indicators: compared })}\n`);
    return EXIT.complete;
  }
  const when = version.publishedAt.toISOString();
  out.write(
    `${[`${quarter}, published on ${when} from sync ${version.syncId}:`, ...compared.flatMap(sayCompared)].join('\n')}\n`,
  );
  return EXIT.complete;
};

export const addChanges = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('changes')
    .argument('<quarter>', 'such as 2026-Q4')
    .description(
      'why the numbers of a published quarter have changed since; exact, so not for publication',
    );
  targetOptions(command)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Gained and lost children add up to the difference. What each reason means stands in docs/data.md.

Examples:
  $ npm run -s cli -- changes 2026-Q4
  $ npm run -s cli -- changes 2026-Q4 --credentials real.json --json`,
    )
    .action((quarter: string, options) => end(changes(quarter, options, terminal)));
};
