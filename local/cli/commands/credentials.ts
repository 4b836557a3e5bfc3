import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { trySignIns } from '../../check/sign-ins.ts';
import { namedCredentials, parseCredentials } from '../../credentials/read.ts';
import { writePrivateJson } from '../../credentials/write.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { UserError } from '../../user-error.ts';
import { type Asker, makeAsker } from '../ask.ts';
import { askForCredentials, InputEnded } from '../credentials-questions.ts';
import { lineText } from '../line-text.ts';
import { allowHttpOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';

export type InitOptions = { allowHttp?: boolean; force?: boolean };

const fileFor = (given: string | undefined, { force }: InitOptions): string => {
  const file = namedCredentials(given);
  if (!file) throw new UserError('USAGE', 'no file is named', 'name one: `credentials init FILE`');
  if (!force && existsSync(file))
    throw new UserError('USAGE', `${file} exists already`, 'name another file, or add --force');
  return file;
};

/** Asks for credentials, tries them, and writes them if they work. Returns the exit code. */
export const initCredentials = async (
  given: string | undefined,
  options: InitOptions,
  asker: Asker,
  { out, err }: Terminal,
): Promise<ExitCode> => {
  const file = fileFor(given, options);
  const answers = await askForCredentials(asker).catch((error) => {
    if (!(error instanceof InputEnded)) throw error;
    throw new UserError(
      'USAGE',
      'the input ended before all questions were answered',
      'nothing was written',
    );
  });
  const credentials = parseCredentials(answers, file, options.allowHttp ?? false);
  err.write('Trying them …\n');
  const lines = await trySignIns(credentials);
  for (const line of lines) out.write(`${line.level.padEnd(7)}  ${lineText(line)}\n`);
  if (lines.some(({ level }) => level === 'problem')) {
    out.write('Nothing was written. Correct what is marked as a problem, and start again.\n');
    return EXIT.usage;
  }
  await writePrivateJson(file, answers);
  out.write(
    `Wrote ${file}, which only you can read. Next: \`npm run -s cli -- check --credentials ${file}\`\n`,
  );
  return EXIT.complete;
};

export const addCredentials = (program: Command, { end, terminal }: Host) => {
  const credentials = program
    .command('credentials')
    .description('make a credentials file, with servers and sign-ins');
  credentials
    .command('init')
    .argument('[file]', 'file to write; only you can read it')
    .description('ask for servers and sign-ins, try them, and write the file')
    .addOption(allowHttpOption())
    .option('--force', 'overwrite a file that exists')
    .addHelpText(
      'after',
      `
Passwords are not shown. The file is written only if Primero, ONA and the inbox accept the sign-ins.
Answers can also be piped in, one on each line.

Example:
  $ npm run -s cli -- credentials init real.json`,
    )
    .action((file: string | undefined, options: InitOptions) => {
      const asker = makeAsker(process.stdin, terminal.err);
      return end(initCredentials(file, options, asker, terminal).finally(() => asker.close()));
    });
};
