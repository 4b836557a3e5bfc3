import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { checkAll, NOT_TRIED } from '../../check/check-all.ts';
import type { Line } from '../../check/line.ts';
import { namedCredentials, readCredentials } from '../../credentials/read.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { sandboxPaths } from '../../sync/state-folder.ts';
import { plural } from '../../words.ts';
import { lineText } from '../line-text.ts';
import { allowHttpOption, credentialsOption, jsonOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';

export type CheckOptions = { credentials?: string; allowHttp?: boolean; json?: boolean };

/** The file that is named, else that of a running sandbox. The sandbox removes its file when it stops. */
const fileFor = ({ credentials }: CheckOptions): string | undefined => {
  const named = namedCredentials(credentials);
  if (named) return named;
  const sandbox = sandboxPaths().credentials;
  return existsSync(sandbox) ? sandbox : undefined;
};

const asText = (line: Line): string => `${line.level.padEnd(7)}  ${lineText(line)}`;

type Counts = Record<Line['level'], number>;

const countOf = (lines: readonly Line[]): Counts => {
  const counts: Counts = { ok: 0, warning: 0, problem: 0, untried: 0 };
  for (const { level } of lines) counts[level] += 1;
  return counts;
};

const verdict = ({ problem, warning, untried }: Counts): string => {
  const also = warning === 0 ? '' : `, ${plural(warning, 'warning', 'warnings')}`;
  if (problem > 0)
    return `${plural(problem, 'problem', 'problems')}${also}: correct what is marked as a problem, then check again.`;
  const asFar = untried === 0 ? '' : ', as far as this could be checked';
  return `Ready to sync${asFar}${also}.`;
};

/** Checks whether a sync could run, and changes nothing. Returns the exit code: 0, or 2 if there is a problem. */
export const check = async (options: CheckOptions, { out, err }: Terminal): Promise<ExitCode> => {
  const { credentials, file, notes } = await readCredentials(
    fileFor(options),
    options.allowHttp,
    'start `npm run -s cli -- sandbox` in another terminal',
  );
  const say = (text: string) => options.json || err.write(`${text}\n`);
  const noted = notes.map((note): Line => ({ level: 'warning', about: 'credentials', text: note }));
  const lines = [...noted, ...(await checkAll(credentials, { file, say }))];
  const counts = countOf(lines);
  const { problem: problems, warning: warnings, untried } = counts;
  if (options.json)
    out.write(
      `${JSON.stringify({ ok: problems === 0, problems, warnings, untried, lines, notTried: NOT_TRIED })}\n`,
    );
  else
    out.write(
      `${[...lines.map(asText), `Not tried: ${NOT_TRIED.join('; ')}.`, verdict(counts)].join('\n')}\n`,
    );
  return problems === 0 ? EXIT.complete : EXIT.usage;
};

export const addCheck = (program: Command, { end, terminal }: Host) => {
  program
    .command('check')
    .description('check whether Primero, ONA and the inbox are ready for a sync; changes nothing')
    .addOption(credentialsOption())
    .addOption(allowHttpOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Starts no run and keeps nothing: what it writes to ONA as a trial is rolled back. Without credentials
it checks the sandbox that \`npm run -s cli -- sandbox\` runs in another terminal.

Exit codes: 0 ready, even with warnings; 2 a problem

Examples:
  $ npm run -s cli -- check --credentials real.json
  $ npm run -s cli -- check --credentials real.json --json`,
    )
    .action((options: CheckOptions) => end(check(options, terminal)));
};
