import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { EXIT, type ExitCode } from '../../exit.ts';
import { type Entry, openStore, pointless, readMessage, type Times } from '../../inbox/index.ts';
import { UserError } from '../../user-error.ts';
import { plural } from '../../words.ts';
import { credentialsOption, jsonOption } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { chainPathsFor, type TargetOptions } from './target.ts';

export type InboxOptions = TargetOptions & { json?: boolean; clear?: boolean };

/** The store, or null if nothing was ever stored: reading must not create folders. */
const existingStore = async (options: TargetOptions) => {
  const { inbox } = await chainPathsFor(options);
  return existsSync(inbox) ? openStore(inbox) : null;
};

const printer =
  ({ out }: Terminal) =>
  (text: string) =>
    out.write(`${text}\n`);

/** `isPointless`: it failed, and does not need to be run any more. */
type Timed = Entry & Times & { isPointless: boolean };

const STATES = ['waiting', 'done', 'failed'] as const;

/** How many messages of a sync are in each state, such as `12 messages: 11 done, 1 failed`. */
const countsOf = (entries: readonly Timed[]): string => {
  const counted = STATES.map((state) => ({
    state,
    count: entries.filter((entry) => entry.state === state).length,
  })).filter(({ count }) => count > 0);
  const states = counted.map(({ state, count }) => `${count} ${state}`).join(', ');
  return `${plural(entries.length, 'message', 'messages')}: ${states}`;
};

/** A time to the second, in UTC. */
const second = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;

/** The messages of one sync, in the order in which they came. The reason is shown below a message that failed. */
const syncLines = (syncId: string, entries: readonly Timed[]): string[] => [
  `Sync ${syncId}, ${countsOf(entries)}`,
  ...entries.flatMap(({ id, state, cameAt, reason, isPointless }) => [
    `  ${second(cameAt)}  ${state.padEnd(7)}  ${id}`,
    ...(reason ? [`    ${reason}`] : []),
    ...(isPointless ? ['    No longer needed: it was done later, or a later sync began.'] : []),
  ]),
];

const asText = (entries: readonly Timed[]): string => {
  const bySync = new Map<string, Timed[]>();
  for (const entry of entries)
    bySync.set(entry.syncId, [...(bySync.get(entry.syncId) ?? []), entry]);
  const lines = [...bySync].flatMap(([syncId, own]) => syncLines(syncId, own));
  return [
    'For each message: when it came (UTC), its state, and its id (sync, part p, batch b, order of arrival).',
    ...lines,
    ...(entries.some(({ isPointless }) => isPointless)
      ? ['`inbox --clear` removes the failed messages that are no longer needed.']
      : []),
  ].join('\n');
};

/** Removes failed messages that are no longer needed. Returns the exit code. */
const clearInbox = async (
  ids: ReadonlySet<string>,
  { json }: InboxOptions,
  store: Awaited<ReturnType<typeof existingStore>>,
  print: (text: string) => void,
): Promise<ExitCode> => {
  for (const id of ids) await store!.remove(id);
  if (json) print(JSON.stringify({ removed: [...ids] }));
  else print(`Removed: ${plural(ids.size, 'failed message', 'failed messages')} no longer needed.`);
  return EXIT.complete;
};

/** Lists messages with their states, or clears them. Returns the exit code. */
export const listInbox = async (options: InboxOptions, terminal: Terminal): Promise<ExitCode> => {
  const print = printer(terminal);
  const store = await existingStore(options);
  const entries: Timed[] = [];
  const found = (await store?.list()) ?? [];
  const over = pointless(found);
  if (options.clear) return clearInbox(over, options, store, print);
  for (const entry of found)
    entries.push({ ...entry, ...(await store!.timesOf(entry)), isPointless: over.has(entry.id) });
  if (options.json) print(JSON.stringify(entries));
  else if (entries.length === 0) print('No messages yet. A sync posts the first one.');
  else print(asText(entries));
  return EXIT.complete;
};

/** Prints a message as its file holds it, with its state. Returns the exit code. */
export const showMessage = async (
  id: string,
  options: InboxOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const print = printer(terminal);
  const store = await existingStore(options);
  const found = await store?.find(id);
  if (!found)
    throw new UserError(
      'MESSAGE_UNKNOWN',
      `there is no message ${JSON.stringify(id)} in the inbox`,
      `list the ids with \`npm run -s cli -- inbox\``,
    );
  const isPointless = pointless(await store!.list()).has(found.id);
  const entry: Timed = { ...found, ...(await store!.timesOf(found)), isPointless };
  const data = await readMessage(entry.file);
  if (options.json) print(JSON.stringify({ ...entry, data }));
  else {
    const { file, state, syncId, part, batch, cameAt, markedAt, reason } = entry;
    const what = `Batch ${batch} of part ${part}, sync ${syncId}`;
    const marked = markedAt ? `, ${state} ${second(markedAt)}` : ', waiting';
    const why = reason ? `: ${reason}` : '';
    print(
      `${file}\n${what}\ncame ${second(cameAt)}${marked}${why}\n${JSON.stringify({ data }, null, 2)}`,
    );
  }
  return EXIT.complete;
};

export const addInbox = (program: Command, { end, terminal }: Host) => {
  const inbox = program
    .command('inbox')
    .description('list the messages: waiting, done, or failed with the reason')
    .addOption(credentialsOption())
    .option('--clear', 'remove failed messages that are no longer needed')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Without credentials, this is the sandbox's inbox. Each pair of a real Primero and ONA has its own inbox.

Examples:
  $ npm run -s cli -- inbox
  $ npm run -s cli -- inbox --credentials real.json --json
  $ npm run -s cli -- inbox --clear
  $ npm run -s cli -- inbox show 20261001T000000Z-k3v9-p1-b0004-000004-x1y2`,
    )
    .action((options: InboxOptions) => end(listInbox(options, terminal)));
  inbox
    .command('show')
    .argument('<id>', 'id of a message')
    .description('print one message and its state')
    .addOption(credentialsOption())
    .addOption(jsonOption())
    .action((id: string, _: InboxOptions, command: Command) =>
      end(showMessage(id, command.optsWithGlobals(), terminal)),
    );
};
