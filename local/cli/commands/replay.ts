import { access } from 'node:fs/promises';
import type { Command } from 'commander';
import { parseMessage } from '../../../jobs/lib/message.ts';
import type { Credentials } from '../../credentials/schema.ts';
import { openStore, readMessage } from '../../inbox/index.ts';
import { type ChainRun, runChain } from '../../sync/run-chain.ts';
import { startSandbox } from '../../sync/sandbox.ts';
import { type ChainPaths, chainPathsOf, sandboxPaths } from '../../sync/state-folder.ts';
import { onInterrupt } from '../interrupt.ts';
import {
  allowHttpOption,
  credentialsOption,
  debugLog,
  debugOption,
  jsonOption,
} from '../options.ts';
import { makeProgress } from '../progress/progress.ts';
import type { Host, Terminal } from '../terminal.ts';
import { EXIT, type ExitCode, UserError } from '../user-error.ts';
import { reportChain } from './run-and-report.ts';
import { realTarget, requireSandbox } from './target.ts';
import { REAL_NEXT, realWhere, SANDBOX_NEXT, sandboxWhere } from './where.ts';

export type ReplayOptions = {
  credentials?: string;
  allowHttp?: boolean;
  json?: boolean;
  debug?: boolean;
};

const isFile = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

type Found = { message: unknown; id: string | null };

/** The message of a file, or of an id of the inbox. */
const findMessage = async (fileOrId: string, folder: string): Promise<Found> => {
  const known = (await isFile(folder)) ? await (await openStore(folder)).find(fileOrId) : null;
  if (known) return { message: await readMessage(known.file), id: known.id };
  if (await isFile(fileOrId)) return { message: await readMessage(fileOrId), id: null };
  throw new UserError(
    'MESSAGE_UNKNOWN',
    `${JSON.stringify(fileOrId)} is neither a file nor the id of a message: list the ids with \`npm run -s cli -- inbox\``,
    EXIT.usage,
  );
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
    changes: 0,
    command: 'replay',
    signal,
    say,
  });
  const { credentials, stop } = sandbox;
  return { credentials, where: sandboxWhere(paths), next: SANDBOX_NEXT, stop };
};

/** A replay that went well settles the message that it was made from. */
const settle = async (paths: ChainPaths, id: string | null): Promise<void> => {
  if (id !== null) await (await openStore(paths.inbox)).mark(id, 'done');
};

/** Runs one batch again from its message, and all that follow from it. Gives the exit code. */
export const replay = async (
  fileOrId: string,
  options: ReplayOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const { json = false, debug = false } = options;
  const real = await realTarget(options);
  const paths = real ? chainPathsOf(real.credentials) : sandboxPaths();
  const { message, id } = await findMessage(fileOrId, paths.inbox);
  parseMessage(message, Date.now());
  if (!real) await requireSandbox();

  const progress = makeProgress({ json, debug }, terminal);
  const interrupt = onInterrupt(() =>
    progress.say('Stopping after this step (Ctrl-C again: at once) …'),
  );
  try {
    const servers = await openServers(real, { signal: interrupt.signal, say: progress.say });
    const { where, next, stop, ...target } = servers;
    try {
      const run: ChainRun = {
        ...target,
        paths,
        message,
        signal: interrupt.signal,
        onBatch: progress.batch,
        onWatch: ({ status }) => progress.watch(status),
        ...debugLog(debug, terminal),
      };
      const report = await runChain(run);
      progress.stop();
      if (report.outcome === 'complete' || report.outcome === 'rejects') await settle(paths, id);
      return reportChain(report, { json, where, next }, terminal);
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
    .argument('<file|id>', 'a file {"data": MESSAGE}, or the id of a message in the inbox')
    .description('run one batch again from its message, and go on with the chain')
    .addOption(credentialsOption())
    .addOption(allowHttpOption())
    .addOption(jsonOption())
    .addOption(debugOption())
    .addHelpText(
      'after',
      `
Running a batch twice does no harm: rows that are there already are left as they are.
Without credentials it runs against the sandbox that \`npm start\` made.

Examples:
  $ npm run -s cli -- inbox                                           lists the ids
  $ npm run -s cli -- replay 20261001T000000Z-k3v9-b0004-000004-x1y2  a message of the inbox
  $ npm run -s cli -- replay state/get-cases.json --credentials real.json`,
    )
    .action((fileOrId: string, options: ReplayOptions) => end(replay(fileOrId, options, terminal)));
};
