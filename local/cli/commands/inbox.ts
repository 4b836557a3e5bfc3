import { access } from 'node:fs/promises';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { type Entry, openStore, readMessage } from '../../inbox/index.ts';
import { credentialsOption, jsonOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
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

const printer =
  ({ out }: Terminal) =>
  (text: string) =>
    out.write(`${text}\n`);

const asTable = (entries: Entry[]): string => {
  const failed = entries.some(({ reason }) => reason);
  const table = new Table({
    head: ['Message', 'Batch', 'State', ...(failed ? ['Reason'] : [])],
    style: { head: [], border: [] },
    colWidths: failed ? [null, null, null, 70] : [],
    wordWrap: true,
  });
  for (const { id, batch, state, reason = '' } of entries)
    table.push([id, batch, state, ...(failed ? [reason] : [])]);
  return table.toString();
};

/** Lists messages with what came of them. Gives the exit code. */
export const listInbox = async (options: InboxOptions, terminal: Terminal): Promise<ExitCode> => {
  const print = printer(terminal);
  const entries = (await (await existingStore(options))?.list()) ?? [];
  if (options.json) print(JSON.stringify(entries));
  else if (entries.length === 0) print('No messages yet: a sync makes the first.');
  else print(asTable(entries));
  return EXIT.complete;
};

/** Prints a message as the file that holds it, with its state. Gives the exit code. */
export const showMessage = async (
  id: string,
  options: InboxOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const print = printer(terminal);
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

export const addInbox = (program: Command, { end, terminal }: Host) => {
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
    .action((options: InboxOptions) => end(listInbox(options, terminal)));
  inbox
    .command('show')
    .argument('<id>', 'id of a message')
    .description('print one message, and what came of it')
    .addOption(credentialsOption())
    .addOption(jsonOption())
    .action((id: string, _: InboxOptions, command: Command) =>
      end(showMessage(id, command.optsWithGlobals(), terminal)),
    );
};
