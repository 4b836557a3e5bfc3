import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Summary } from '../../../jobs/writing/summary.ts';
import { writePrivateJson } from '../../credentials/write.ts';
import { EXIT, type ExitCode } from '../../exit.ts';
import { openStore } from '../../inbox/index.ts';
import { inProject } from '../../paths.ts';
import { openChain } from '../../sync/chain.ts';
import { startSandbox } from '../../sync/sandbox.ts';
import { sandboxPaths, stateFolder } from '../../sync/state-folder.ts';
import type { WorldOptions } from '../../sync/world.ts';
import { onInterrupt } from '../interrupt.ts';
import { debugLog, debugOption, portOption, worldOptions } from '../options.ts';
import type { Host, Terminal } from '../terminal.ts';
import { fromHere, psqlCommand } from './where.ts';

export type SandboxCommandOptions = WorldOptions & {
  port?: number;
  auto?: boolean;
  reset?: boolean;
  debug?: boolean;
};

const LOOK_EVERY_MS = 500;

const openfn = (credentials: string, rest: string): string =>
  `openfn ${fromHere(inProject('workflow.json'))} --credentials ${fromHere(credentials)} ${rest}`;

const instructions = (
  paths: ReturnType<typeof sandboxPaths>,
  { primero, psql, inbox, auto }: { primero: string; psql: string; inbox: string; auto: boolean },
): string => {
  const output = fromHere(join(stateFolder(), 'output.json'));
  const jobs = auto
    ? ['', 'The inbox runs the messages that are posted to it. Start a sync:']
    : [
        '',
        'The inbox only stores the messages that are posted to it. Run each of them by hand. Start a sync (job 0):',
      ];
  return [
    `Primero  ${primero}`,
    `ONA      ${psql}`,
    `Inbox    ${inbox}`,
    `Credentials for all three: ${fromHere(paths.credentials)}`,
    ...jobs,
    `  ${openfn(paths.credentials, `-s ${fromHere(inProject('state', 'initiate-sync.json'))} -o ${output}`)}`,
    '',
    'Ctrl-C stops the servers. The data stays.',
  ].join('\n');
};

const batchText = ({ syncId, part, batch, state, reason }: Summary): string =>
  `Batch ${batch} of part ${part}, sync ${syncId}: ${state}${reason ? `. ${reason}` : ''}`;

/** Prints how to run each message that comes. */
const announceMessages = async (
  paths: ReturnType<typeof sandboxPaths>,
  signal: AbortSignal,
  print: (text: string) => void,
): Promise<void> => {
  const store = await openStore(paths.inbox);
  const known = new Set((await store.list()).map(({ id }) => id));
  while (!signal.aborted) {
    for (const { id, file } of await store.list()) {
      if (known.has(id)) continue;
      known.add(id);
      const output = fromHere(join(stateFolder(), 'output.json'));
      print(`\nA message came. Run its batch (jobs 1 to 3):`);
      print(
        `  ${openfn(paths.credentials, `--start get-cases -s ${fromHere(file)} -o ${output}`)}`,
      );
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
};

/** Starts Primero, ONA and the inbox, and runs until Ctrl-C. Returns the exit code. */
export const sandbox = async (
  options: SandboxCommandOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const print = (text: string) => void terminal.out.write(`${text}\n`);
  const { cases, seed, family, port, auto = false, reset, debug } = options;
  const paths = sandboxPaths();
  const { signal, dispose } = onInterrupt(() => print('\nStopping …'));
  const servers = await startSandbox({
    paths,
    world: {
      ...(cases && { cases }),
      ...(seed !== undefined && { seed }),
      ...(family && { family }),
    },
    ...(reset && { reset }),
    ...(port && { port }),
    changedShare: 0,
    command: 'sandbox',
    signal,
    say: print,
  });
  try {
    const chain = await openChain({
      credentials: servers.credentials,
      paths,
      signal,
      inbox: { ...(port && { port: port + 1 }) },
      storeOnly: !auto,
      // Parts of a sync run at the same time, as on the platform.
      atOnce: 16,
      onBatch: ({ summary }) => print(batchText(summary)),
      ...debugLog(debug, terminal),
    });
    try {
      const all = { ...servers.credentials, inbox: chain.credential };
      await writePrivateJson(paths.credentials, all);
      const { primero, ona } = servers.credentials;
      const addresses = {
        primero: primero.url,
        psql: psqlCommand(ona),
        inbox: chain.credential.inboxUrl,
      };
      print(instructions(paths, { ...addresses, auto }));
      if (auto) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      else await announceMessages(paths, signal, print);
    } finally {
      await chain.close();
      await rm(paths.credentials, { force: true });
    }
  } finally {
    await servers.stop();
    dispose();
  }
  return EXIT.complete;
};

export const addSandbox = (program: Command, { end, terminal }: Host) => {
  const command = program
    .command('sandbox')
    .description('start Primero, ONA and the inbox and keep them running, to run the jobs by hand');
  worldOptions(command)
    .addOption(portOption())
    .option('--auto', 'run the messages that are posted to the inbox, as the platform does')
    .addOption(debugOption())
    .addHelpText(
      'after',
      `
Writes state/local/credentials.json, removes it at the end, and prints the commands for the official CLI.

Examples:
  $ npm run -s cli -- sandbox
  $ npm run -s cli -- sandbox --cases 20000 --port 8500 --auto`,
    )
    .action((options: SandboxCommandOptions) => end(sandbox(options, terminal)));
};
