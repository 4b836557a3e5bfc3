import type { Command } from 'commander';
import { REASONS, type Reason } from '../../../jobs/mapping/reject.ts';
import { REJECT_TODO } from '../../errors/of-rejects.ts';
import { type Code, ERRORS } from '../../errors/registry.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { UserError } from '../../user-error.ts';
import { jsonOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';

type Explained = { code: string; meaning: string; todo: string; exitCode: number | null };

const ofError = ([code, { meaning, todo, exit }]: [string, (typeof ERRORS)[Code]]): Explained => ({
  ...{ code, meaning, todo, exitCode: exit },
});

const ofReason = ([code, meaning]: [string, string]): Explained => ({
  ...{ code, meaning: `Not loaded: ${meaning}.`, exitCode: null },
  todo: REJECT_TODO[code as Reason],
});

const ALL: readonly Explained[] = [
  ...Object.entries(ERRORS).map(ofError),
  ...Object.entries(REASONS).map(ofReason),
];

const asText = ({ code, meaning, todo }: Explained): string =>
  `${code}\n  ${meaning}\n  What to do: ${todo}\n`;

/** Says what an error code or the reason of a reject means; all of them if none is given. Returns the exit code. */
export const explain = (
  code: string | undefined,
  { json }: { json?: boolean },
  { out }: Terminal,
): ExitCode => {
  const found = ALL.filter((each) => code === undefined || each.code === code.toUpperCase());
  if (found.length === 0)
    throw new UserError(
      'USAGE',
      `there is no code ${JSON.stringify(code)}`,
      '`errors` lists all of them',
    );
  out.write(json ? `${JSON.stringify(found)}\n` : found.map(asText).join('\n'));
  return EXIT.complete;
};

export const addErrors = (program: Command, { end, terminal }: Host) => {
  program
    .command('errors')
    .argument('[code]', 'such as ONA_BUSY, or the reason of a reject')
    .description('explain an error code, or all of them, and say what to do')
    .addOption(jsonOption())
    .action((code: string | undefined, options: { json?: boolean }) =>
      end((async () => explain(code, options, terminal))()),
    );
};
