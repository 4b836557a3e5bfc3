import { access } from 'node:fs/promises';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { type Entry, openStore, readMessage } from '../../inbox/index.ts';
import { credentialsOption, jsonOption } from '../options.ts';
import { EXIT, type ExitCode, UserError } from '../user-error.ts';
import { chainPathsFor, type TargetOptions } from './target.ts';

export type InboxOptions = TargetOptions & { json?: boolean };

/** The store, unless nothing was ever stored: looking must make no folders. */
const existingStore = async (options: TargetOptions) => {
  const { inbox } = await chainPathsFor(options);
  const there = await access(inbox).then(
    () => true,
    () => false,
  );
  return there ? openStore(inbox) : null;
};

const print = (text: string) => process.stdout.write(`${text}\n`);

const asTable = (entries: Entry[]): string => {
  const table = new Table({
    head: ['Message', 'Batch', 'State', 'Reason'],
    style: { head: [], border: [] },
    colWidths: [null, null, null, 70],
    wordWrap: true,
  });
  for (const { id, batch, state, reason = '' } of entries) table.push([id, batch, state, reason]);
  return table.toString();
};

/** Lists messages with what came of them. Gives the exit code. */
export const listInbox = async (options: InboxOptions): Promise<ExitCode> => {
  const entries = (await (await existingStore(options))?.list()) ?? [];
  if (options.json) print(JSON.stringify(entries));
  else if (entries.length === 0) print('No messages yet: a sync makes the first.');
  else print(asTable(entries));
  return EXIT.complete;
};

/** Prints a message as the file that holds it, with its state. Gives the exit code. */
export const showMessage = async (id: string, options: InboxOptions): Promise<ExitCode> => {
  const entry = await (await existingStore(options))?.find(id);
  if (!entry)
    throw new UserError(
      'MESSAGE_UNKNOWN',
      `no message ${JSON.stringify(id)} in the inbox: list the ids with \`npm run -s cli -- inbox\``,
      EXIT.usage,
    );
  const data = await readMessage(entry.file);
  if (options.json) print(JSON.stringify({ ...entry, data }));
  else {
    const reason = entry.reason ? `: ${entry.reason}` : '';
    print(`${entry.file}\n${entry.state}${reason}\n${JSON.stringify({ data }, null, 2)}`);
  }
  return EXIT.complete;
};

export const addInbox = (program: Command, end: (code: Promise<ExitCode>) => Promise<void>) => {
  const inbox = program
    .command('inbox')
    .description('list the messages: waiting, done, or failed with the reason')
    .addOption(credentialsOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Without credentials: the sandbox's inbox. A sync of real servers has an inbox for each pair of them.

Examples:
  $ npm run -s cli -- inbox
  $ npm run -s cli -- inbox --credentials real.json --json
  $ npm run -s cli -- inbox show 20261001T000000Z-k3v9-b0004-000004-x1y2`,
    )
    .action((options: InboxOptions) => end(listInbox(options)));
  inbox
    .command('show')
    .argument('<id>', 'id of a message')
    .description('print one message, and what came of it')
    .addOption(credentialsOption())
    .addOption(jsonOption())
    .action((id: string, _: InboxOptions, command: Command) =>
      end(showMessage(id, command.optsWithGlobals())),
    );
};
