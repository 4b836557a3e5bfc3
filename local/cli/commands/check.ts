import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { checkAll } from '../../check/check-all.ts';
import type { Line } from '../../check/line.ts';
import { namedCredentials, readCredentials } from '../../credentials/read.ts';
import { sandboxPaths } from '../../sync/state-folder.ts';
import { EXIT, type ExitCode } from '../../user-error.ts';
import { plural } from '../../words.ts';
import { allowHttpOption, credentialsOption, jsonOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';

export type CheckOptions = { credentials?: string; allowHttp?: boolean; json?: boolean };

/** The file that is named, else that of a sandbox which is up; it is gone when the sandbox stops. */
const fileFor = async ({ credentials }: CheckOptions): Promise<string | undefined> => {
  const named = namedCredentials(credentials);
  if (named) return named;
  const sandbox = sandboxPaths().credentials;
  return access(sandbox).then(
    () => sandbox,
    () => undefined,
  );
};

const asText = ({ level, about, text, mend }: Line): string =>
  `${level.padEnd(7)}  ${about}: ${text}${mend ? `. ${mend}` : ''}`;

const verdict = (problems: number, warnings: number): string => {
  const also = warnings === 0 ? '' : `, ${plural(warnings, 'warning', 'warnings')}`;
  return problems === 0
    ? `Ready to sync${also}.`
    : `${plural(problems, 'problem', 'problems')}${also}: mend what is marked as a problem, then check again.`;
};

/** Looks whether a sync could run, and changes nothing. Gives the exit code: 0, or 2 where there is a problem. */
export const check = async (options: CheckOptions, { out }: Terminal): Promise<ExitCode> => {
  const { credentials, file } = await readCredentials(
    await fileFor(options),
    options.allowHttp,
    'start `npm run -s cli -- sandbox` in another terminal',
  );
  const lines = await checkAll(credentials, { file });
  const count = (wanted: Line['level']) => lines.filter(({ level }) => level === wanted).length;
  const [problems, warnings] = [count('problem'), count('warning')];
  if (options.json)
    out.write(`${JSON.stringify({ ok: problems === 0, problems, warnings, lines })}\n`);
  else out.write(`${[...lines.map(asText), verdict(problems, warnings)].join('\n')}\n`);
  return problems === 0 ? EXIT.complete : EXIT.usage;
};

export const addCheck = (program: Command, { end, terminal }: Host) => {
  program
    .command('check')
    .description('look whether Primero, ONA and the inbox are ready for a sync; nothing is changed')
    .addOption(credentialsOption())
    .addOption(allowHttpOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Takes less than 10 seconds, and starts no run. Without credentials it checks the sandbox that
\`npm run -s cli -- sandbox\` has up in another terminal.

Exit codes: 0 ready, also with warnings; 2 a problem

Examples:
  $ npm run -s cli -- check --credentials real.json
  $ npm run -s cli -- check --credentials real.json --json`,
    )
    .action((options: CheckOptions) => end(check(options, terminal)));
};
