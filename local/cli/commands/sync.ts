import type { Command } from 'commander';
import type { Range } from '../../../jobs/lib/message.ts';
import { readCredentials } from '../../credentials/read.ts';
import { slicesFirst } from '../../slices/slices-first.ts';
import { type ChainRun, runChain } from '../../sync/run-chain.ts';
import { startSandbox } from '../../sync/sandbox.ts';
import { chainPathsOf, sandboxPaths } from '../../sync/state-folder.ts';
import { DEFAULT_CHANGES, type WorldOptions } from '../../sync/world.ts';
import { type Engine, engineOf, engineOption } from '../engine-option.ts';
import { onInterrupt } from '../interrupt.ts';
import {
  allowHttpOption,
  changesOption,
  credentialsOption,
  debugLog,
  debugOption,
  jsonOption,
  worldOptions,
} from '../options.ts';
import { makeProgress, type Progress } from '../progress/progress.ts';
import { backfillOption } from '../range-option.ts';
import { checkSlices, slicesOption } from '../slices-option.ts';
import type { Host, Terminal } from '../terminal.ts';
import { EXIT, type ExitCode, UserError } from '../user-error.ts';
import { refuseBoth, reportChain } from './run-and-report.ts';
import { writeSandboxPage } from './sandbox-page.ts';
import { REAL_NEXT, realWhere, SANDBOX_NEXT, sandboxWhere } from './where.ts';

export type SyncOptions = WorldOptions & {
  sandbox?: boolean;
  credentials?: string;
  allowHttp?: boolean;
  changes?: number;
  reset?: boolean;
  json?: boolean;
  debug?: boolean;
  backfill?: Range;
  engine?: Engine;
  slices?: number;
};

type Run = Pick<ChainRun, 'signal' | 'onBatch' | 'onWatch' | 'log' | 'backfill' | 'makeRunner'>;

/**
 * The chain that follows slices, where they are asked for, or worth it on this machine: it fills what they left,
 * and proves it. Behind an inbox each run costs money, and a backfill walks one window from its start.
 */
const withSlices = async (
  chain: ChainRun,
  { slices, engine }: SyncOptions,
  { say }: Progress,
): Promise<ChainRun> => {
  const isAlone = slices === undefined && (chain.credentials.inbox || chain.backfill);
  if (slices === 1 || isAlone || engine === 'cli') return chain;
  return { ...chain, before: await slicesFirst(chain, slices, say) };
};

const syncSandbox = async (
  options: SyncOptions,
  run: Run,
  progress: Progress,
  terminal: Terminal,
) => {
  const { cases, seed, family, reset, changes = DEFAULT_CHANGES, json = false } = options;
  const paths = sandboxPaths();
  const sandbox = await startSandbox({
    paths,
    world: {
      ...(cases && { cases }),
      ...(seed !== undefined && { seed }),
      ...(family && { family }),
    },
    ...(reset && { reset }),
    changes,
    command: 'sync --sandbox',
    signal: run.signal,
    say: progress.say,
  });
  try {
    if (sandbox.changed)
      progress.say(`A new quarter: about ${sandbox.changed * 100} % of the cases changed.`);
    const chain = { ...run, credentials: sandbox.credentials, paths };
    const report = await runChain(await withSlices(chain, options, progress));
    const done = report.outcome === 'complete' || report.outcome === 'rejects';
    if (done && !json) progress.say('Writing the page of the indicators …');
    const page = done && !json ? [await writeSandboxPage(sandbox.credentials, paths.root)] : [];
    progress.stop();
    const where = [...page, ...sandboxWhere(paths)];
    return reportChain(report, { json, where, next: SANDBOX_NEXT }, terminal);
  } finally {
    await sandbox.stop();
  }
};

const syncReal = async (options: SyncOptions, run: Run, progress: Progress, terminal: Terminal) => {
  const { credentials: given, allowHttp, json = false } = options;
  const { credentials, file } = await readCredentials(given, allowHttp);
  if (credentials.inbox)
    progress.say(
      `The inbox at ${new URL(credentials.inbox.inboxUrl).origin} runs the batches; this reads the ledger until they are done.`,
    );
  const chain = { ...run, credentials, file, paths: chainPathsOf(credentials) };
  const report = await runChain(await withSlices(chain, options, progress));
  progress.stop();
  return reportChain(
    report,
    { json, where: realWhere(credentials.ona, file), next: REAL_NEXT },
    terminal,
  );
};

const SANDBOX_ONLY = ['cases', 'seed', 'family', 'reset', 'changes'] as const;

const refuseSandboxOptions = (options: SyncOptions): void => {
  const given = SANDBOX_ONLY.find((key) => options[key] !== undefined);
  if (!options.sandbox && given)
    throw new UserError('USAGE', `--${given} is for the sandbox: add --sandbox`, EXIT.usage);
};

/** A whole sync, until nothing is missing. Gives the exit code. */
export const sync = async (options: SyncOptions, terminal: Terminal): Promise<ExitCode> => {
  refuseBoth(options.sandbox, options.credentials);
  refuseSandboxOptions(options);
  checkSlices(options);
  const { json = false, debug = false } = options;
  const progress = makeProgress({ json, debug }, terminal);
  const interrupt = onInterrupt(() =>
    progress.say('Stopping after this step (Ctrl-C again: at once) …'),
  );
  const run: Run = {
    signal: interrupt.signal,
    onBatch: progress.batch,
    onWatch: ({ status }) => progress.watch(status),
    ...debugLog(debug, terminal),
    ...(options.backfill && { backfill: options.backfill }),
    ...(await engineOf(options.engine)),
  };
  try {
    return await (options.sandbox ? syncSandbox : syncReal)(options, run, progress, terminal);
  } finally {
    progress.stop();
    interrupt.dispose();
  }
};

export const addSync = (program: Command, { end, terminal }: Host): void => {
  const command = program
    .command('sync')
    .description(
      'bring over all that changed in Primero, batch after batch, until nothing is missing',
    )
    .option('--sandbox', 'with the built-in Primero and ONA, kept in state/local')
    .addOption(credentialsOption())
    .addOption(allowHttpOption())
    .addOption(backfillOption())
    .addOption(slicesOption())
    .addOption(engineOption());
  worldOptions(command)
    .addOption(changesOption())
    .addOption(jsonOption())
    .addOption(debugOption())
    .addHelpText(
      'after',
      `
Without an "inbox" in the credentials, sync hosts its own and runs each batch here.
Ctrl-C stops between two steps; the next sync goes on from there.

Exit codes: 0 complete, 1 failed, 2 bad configuration or usage, 3 complete with rejects, 130 stopped

Examples:
  $ npm start                                                 the same as sync --sandbox
  $ npm run -s cli -- sync --sandbox --cases 50000 --reset    a larger sandbox, from the start
  $ npm run -s cli -- sync --sandbox --changes 0              a second sync with nothing changed
  $ npm run -s cli -- sync --credentials real.json --json     real servers, for a script
  $ npm run -s cli -- sync --sandbox --engine cli             each run by the official openfn
  $ npm run -s cli -- sync --credentials real.json --backfill 2026-07-01..2026-09-30`,
    )
    .action((options: SyncOptions) => end(sync(options, terminal)));
};
