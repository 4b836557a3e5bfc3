import { type Command, InvalidArgumentError, Option } from 'commander';
import { CREDENTIALS_VARIABLE } from '../credentials/read.ts';
import { FAMILIES } from '../primero/index.ts';
import type { Log } from '../runner/index.ts';
import type { Terminal } from './terminal.ts';

export const whole =
  (lowest: number, highest: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= lowest && value <= highest) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${lowest} to ${highest}.`);
  };

const share = (text: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
};

export const credentialsOption = () =>
  new Option(
    '--credentials <file>',
    `servers and sign-ins, as in state/credentials.example.json (or set ${CREDENTIALS_VARIABLE})`,
  );

export const allowHttpOption = () =>
  new Option(
    '--allow-http',
    'allow http:// addresses of other machines; only for a private network',
  );

export const jsonOption = () => new Option('--json', 'print one JSON document and nothing else');

export const debugOption = () => new Option('--debug', 'print what the jobs log, and stack traces');

/** Adds the options that decide what the sandbox holds. */
export const worldOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--cases <n>', 'sandbox: number of cases at the start').argParser(
        whole(1, 1_000_000),
      ),
    )
    .addOption(
      new Option('--seed <n>', 'sandbox: number from which all content is made').argParser(
        whole(0, 2 ** 31 - 1),
      ),
    )
    .addOption(
      new Option('--family <version>', 'sandbox: version of Primero to imitate').choices(FAMILIES),
    )
    .addOption(new Option('--reset', 'sandbox: remove its cases and database, and start over'));

export const changedShareOption = () =>
  new Option(
    '--changed-share <share>',
    'sandbox: share of the cases that change before the next sync, from 0 to 1',
  ).argParser(share);

export const portOption = () =>
  new Option('--port <port>', 'port of Primero; the inbox and ONA use the next two').argParser(
    whole(1, 65_533),
  );

/** What the jobs print, on stderr; nothing without `--debug`. */
export const debugLog = (debug: boolean | undefined, { err }: Terminal): { log?: Log } => {
  const log: Log = ({ level, source, step, text }) => {
    err.write(`${level} ${step ?? '-'} (${source}) ${text}\n`);
  };
  return debug ? { log } : {};
};

/** Adds the options that name the servers: the sandbox's, or real ones. */
export const targetOptions = (command: Command): Command =>
  command
    .option('--sandbox', 'use the local sandbox, even if the environment names credentials')
    .addOption(credentialsOption())
    .addOption(allowHttpOption());
