import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Message } from '../../../jobs/message/message.ts';
import { parseMessage } from '../../../jobs/message/parse.ts';
import type { Credentials, OnaCredential } from '../../credentials/schema.ts';
import type { ExitCode } from '../../exit.ts';
import { openStore, readMessage } from '../../inbox/index.ts';
import { readSync } from '../../ledger/read-sync.ts';
import { createRunner } from '../../runner/index.ts';
import { runSync } from '../../sync/run-sync.ts';
import { startSandbox } from '../../sync/sandbox.ts';
import { type ChainPaths, chainPathsOf, sandboxPaths } from '../../sync/state-folder.ts';
import { UserError } from '../../user-error.ts';
import { onInterrupt } from '../interrupt.ts';
import {
  allowHttpOption,
  credentialsOption,
  debugLog,
  debugOption,
  jsonOption,
} from '../options.ts';
import { makeProgress } from '../progress/make-progress.ts';
import { tellingRunner } from '../progress/silence.ts';
import type { Host, Terminal } from '../terminal.ts';
import { reportResult } from './report-result.ts';
import { realTarget, requireSandbox } from './target.ts';
import { REAL_NEXT, realWhere, SANDBOX_NEXT, sandboxWhere } from './where.ts';

export type ReplayOptions = {
  credentials?: string;
  allowHttp?: boolean;
  json?: boolean;
  debug?: boolean;
};

/** Messages to run, and the id of the message in the inbox that they come from. */
type Found = { messages: Message[]; id: string | null };

/** The message in a file, or with an id in the inbox; null if it is neither. */
const findMessage = async (fileOrId: string, folder: string): Promise<Found | null> => {
  const known = existsSync(folder) ? await (await openStore(folder)).find(fileOrId) : null;
  if (known) return { messages: [parseMessage(await readMessage(known.file))], id: known.id };
  if (!existsSync(fileOrId)) return null;
  return { messages: [parseMessage(await readMessage(fileOrId))], id: null };
};

/** The messages that follow the last batches of a sync, which ONA keeps. */
const findPending = async (syncId: string, ona: OnaCredential): Promise<Found> => {
  const sync = /^[A-Za-z0-9-]{1,40}$/.test(syncId) ? await readSync(ona, syncId) : null;
  if (!sync)
    throw new UserError(
      'MESSAGE_UNKNOWN',
      `${JSON.stringify(syncId)} is not a file, and not the id of a message or a sync`,
      `list the messages with \`npm run -s cli -- inbox\``,
    );
  if (sync.pending.length > 0) return { messages: sync.pending, id: null };
  throw new UserError('NOTHING_DONE', `sync ${syncId} has no batch left to run`, `see \`status\``);
};

type Servers = {
  credentials: Credentials;
  file?: string;
  where: string[];
  next: string[];
  stop(): Promise<void>;
};

const openServers = async (
  real: Awaited<ReturnType<typeof realTarget>>,
  { signal, say }: { signal: AbortSignal; say: (text: string) => void },
): Promise<Servers> => {
  if (real) {
    const where = realWhere(real.credentials.ona, real.file);
    return { ...real, where, next: REAL_NEXT, stop: async () => {} };
  }
  const paths = sandboxPaths();
  const sandbox = await startSandbox({
    paths,
    world: {},
    changedShare: 0,
    command: 'replay',
    signal,
    say,
  });
  const { credentials, stop } = sandbox;
  return { credentials, where: sandboxWhere(paths), next: SANDBOX_NEXT, stop };
};

/** After a replay that went well, the message that it came from is marked as done. */
const settle = async (paths: ChainPaths, id: string | null): Promise<void> => {
  if (id !== null) await (await openStore(paths.inbox)).mark(id, 'done');
};

/** Runs one batch again from its message, and all batches that follow. Returns the exit code. */
export const replay = async (
  fileOrId: string,
  options: ReplayOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const { json = false, debug = false } = options;
  const real = await realTarget(options);
  const paths = real ? chainPathsOf(real.credentials) : sandboxPaths();
  const found = await findMessage(fileOrId, paths.inbox);
  if (!real) requireSandbox();

  const progress = makeProgress({ json, debug }, terminal);
  const interrupt = onInterrupt(() =>
    progress.say('Stopping after this step … (press Ctrl-C again to stop at once)'),
  );
  try {
    const servers = await openServers(real, { signal: interrupt.signal, say: progress.say });
    const { where, next, stop, ...target } = servers;
    try {
      const { messages, id } = found ?? (await findPending(fileOrId, target.credentials.ona));
      const result = await runSync({
        ...target,
        paths,
        messages,
        input: {},
        signal: interrupt.signal,
        onStand: progress.stand,
        say: progress.say,
        ...debugLog(debug, terminal),
        makeRunner: tellingRunner(createRunner, progress.say),
      });
      progress.stop();
      if (result.outcome !== 'failed' && result.outcome !== 'interrupted') await settle(paths, id);
      return reportResult(result, { json, file: target.file, where, next }, terminal);
    } finally {
      await stop();
    }
  } finally {
    progress.stop();
    interrupt.dispose();
  }
};

export const addReplay = (program: Command, { end, terminal }: Host) => {
  program
    .command('replay')
    .argument(
      '<file|id>',
      'a file {"data": MESSAGE}, the id of a message in the inbox, or the id of a sync that has stopped',
    )
    .description('run one batch again from its message, and continue with those that follow')
    .addOption(credentialsOption())
    .addOption(allowHttpOption())
    .addOption(jsonOption())
    .addOption(debugOption())
    .addHelpText(
      'after',
      `
Running a batch twice does no harm. If the batch was already written, nothing is written, and its next
message is posted again. With the id of a sync, the messages that follow its last batches are run.
Without credentials, the sandbox that \`npm start\` made is used.

Examples:
  $ npm run -s cli -- inbox                                           lists the ids
  $ npm run -s cli -- replay 20261001T000000Z-k3v9-p1-b0004-000004-x1y2
  $ npm run -s cli -- replay 20261001T000000Z-k3v9                    continues where that sync stopped
  $ npm run -s cli -- replay state/get-cases.json --credentials real.json`,
    )
    .action((fileOrId: string, options: ReplayOptions) => end(replay(fileOrId, options, terminal)));
};
