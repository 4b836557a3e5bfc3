import type { Command } from 'commander';
import { readCredentials } from '../../credentials/read.ts';
import type { ExitCode } from '../../exit.ts';
import { runSync } from '../../sync/run-sync.ts';
import { startSandbox } from '../../sync/sandbox.ts';
import { chainPathsOf, sandboxPaths } from '../../sync/state-folder.ts';
import type { SyncRun } from '../../sync/sync-run.ts';
import { DEFAULT_CHANGED_SHARE, type WorldOptions } from '../../sync/world.ts';
import { UserError } from '../../user-error.ts';
import { type CensusOptions, censusOptions } from '../census-options.ts';
import { type Engine, engineOf, engineOption } from '../engine-option.ts';
import { onInterrupt } from '../interrupt.ts';
import {
  allowHttpOption,
  changedShareOption,
  credentialsOption,
  debugLog,
  debugOption,
  jsonOption,
  worldOptions,
} from '../options.ts';
import { makeProgress } from '../progress/make-progress.ts';
import type { Progress } from '../progress/progress.ts';
import { checkCensusOptions, toSyncInput } from '../sync-input.ts';
import type { Host, Terminal } from '../terminal.ts';
import { reportResult } from './report-result.ts';
import { writeSandboxPage } from './sandbox-page.ts';
import { refuseBoth } from './target.ts';
import { REAL_NEXT, realWhere, SANDBOX_NEXT, sandboxWhere } from './where.ts';

export type SyncOptions = WorldOptions &
  CensusOptions & {
    sandbox?: boolean;
    credentials?: string;
    allowHttp?: boolean;
    changedShare?: number;
    reset?: boolean;
    json?: boolean;
    debug?: boolean;
    engine?: Engine;
  };

type Run = Pick<SyncRun, 'signal' | 'onStand' | 'say' | 'log' | 'makeRunner'>;

const syncSandbox = async (
  options: SyncOptions,
  run: Run,
  progress: Progress,
  terminal: Terminal,
) => {
  const { cases, seed, family, reset, changedShare = DEFAULT_CHANGED_SHARE } = options;
  const { json = false } = options;
  const paths = sandboxPaths();
  const sandbox = await startSandbox({
    paths,
    world: {
      ...(cases && { cases }),
      ...(seed !== undefined && { seed }),
      ...(family && { family }),
    },
    ...(reset && { reset }),
    changedShare,
    command: 'sync --sandbox',
    signal: run.signal,
    say: progress.say,
  });
  try {
    if (sandbox.changed)
      progress.say(`A new quarter: about ${sandbox.changed * 100} % of the cases changed.`);
    const { credentials } = sandbox;
    const input = await toSyncInput(options, credentials.ona);
    const result = await runSync({ ...run, credentials, paths, input });
    const isDone = result.outcome === 'complete' || result.outcome === 'complete but';
    if (isDone && !json) progress.say('Writing the page of the indicators …');
    const census = result.sync?.kind === 'census' ? result.sync.syncId : undefined;
    const page = isDone && !json ? [await writeSandboxPage(credentials, paths.root, census)] : [];
    progress.stop();
    const where = [...page, ...sandboxWhere(paths)];
    return reportResult(result, { json, where, next: SANDBOX_NEXT }, terminal);
  } finally {
    await sandbox.stop();
  }
};

const syncReal = async (options: SyncOptions, run: Run, progress: Progress, terminal: Terminal) => {
  const { credentials: given, allowHttp, json = false } = options;
  const { credentials, file, notes } = await readCredentials(given, allowHttp);
  for (const note of notes) progress.say(note);
  const input = await toSyncInput(options, credentials.ona, file);
  if (credentials.inbox && !input.dryRun)
    progress.say(
      `The inbox at ${new URL(credentials.inbox.inboxUrl).origin} runs the batches. This command reads in ONA how far they are.`,
    );
  const paths = chainPathsOf(credentials);
  const result = await runSync({ ...run, credentials, file, paths, input });
  progress.stop();
  const where = realWhere(credentials.ona, file);
  return reportResult(result, { json, file, where, next: REAL_NEXT }, terminal);
};

const SANDBOX_ONLY = ['cases', 'seed', 'family', 'reset', 'changedShare'] as const;

const refuseSandboxOptions = (options: SyncOptions): void => {
  const given = SANDBOX_ONLY.find((key) => options[key] !== undefined);
  if (options.sandbox || !given) return;
  const flag = given === 'changedShare' ? 'changed-share' : given;
  throw new UserError('USAGE', `--${flag} is for the sandbox`, `add --sandbox`);
};

/** A whole sync. Returns the exit code. */
export const sync = async (options: SyncOptions, terminal: Terminal): Promise<ExitCode> => {
  refuseBoth(options.sandbox, options.credentials);
  refuseSandboxOptions(options);
  checkCensusOptions(options);
  const { json = false, debug = false } = options;
  const progress = makeProgress({ json, debug }, terminal);
  const interrupt = onInterrupt(() =>
    progress.say('Stopping after this step … (press Ctrl-C again to stop at once)'),
  );
  const run: Run = {
    signal: interrupt.signal,
    onStand: progress.stand,
    say: progress.say,
    ...debugLog(debug, terminal),
    ...(await engineOf(options.engine, progress.say)),
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
    .description('look at every child in Primero, and bring ONA up to date')
    .option('--sandbox', 'use the built-in Primero and ONA, kept in state/local')
    .addOption(credentialsOption())
    .addOption(allowHttpOption());
  censusOptions(command).addOption(engineOption());
  worldOptions(command)
    .addOption(changedShareOption())
    .addOption(jsonOption())
    .addOption(debugOption())
    .addHelpText(
      'after',
      `
If the credentials have no "inbox", sync starts its own inbox and runs each batch here.
Ctrl-C stops between two steps. The next sync continues from there, or begins anew with --take-over.

Exit codes: 0 complete; 1 failed; 2 bad configuration or usage; 3 complete, but some children or
services could not be loaded, or may not be seen; 130 stopped. With --sandbox, records that could not
be loaded also give 0, because some of the invented ones are wrong on purpose.

Examples:
  $ npm start                                                 the same as sync --sandbox
  $ npm run -s cli -- sync --sandbox --cases 50000 --reset    a larger sandbox, from the start
  $ npm run -s cli -- sync --sandbox --changed-share 0        a second sync, with nothing changed
  $ npm run -s cli -- sync --credentials real.json --json     real servers, for a script
  $ npm run -s cli -- sync --credentials real.json --dry-run  what a sync would do
  $ npm run -s cli -- sync --credentials real.json --changes-only
  $ npm run -s cli -- sync --credentials real.json --from 2026-07-01 --to 2026-09-30
  $ npm run -s cli -- sync --sandbox --engine cli             with the official openfn command`,
    )
    .action((options: SyncOptions) => end(sync(options, terminal)));
};
