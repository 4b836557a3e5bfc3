import { rm } from 'node:fs/promises';
import type { Credentials, PrimeroCredential } from '../credentials/schema.ts';
import { writePrivateJson } from '../credentials/write.ts';
import { readStatus, type Status } from '../ledger/read-status.ts';
import { migrate } from '../ona/migrate.ts';
import { startChild } from './child-process.ts';
import { readJsonFile } from './json-file.ts';
import { startLocalOna } from './local-ona.ts';
import type { sandboxPaths } from './state-folder.ts';
import { checkWorld, newWorld, nextQuarter, type World, type WorldOptions } from './world.ts';

type Paths = ReturnType<typeof sandboxPaths>;

export type SandboxOptions = {
  paths: Paths;
  world: WorldOptions;
  /** Removes the sandbox's world, database and inbox first. */
  reset?: boolean;
  /** Share of the cases that a new quarter changes; 0 for no quarter. */
  changedShare: number;
  /** Of Primero; the database takes the second after it. Free ones when absent. */
  port?: number;
  command: string;
  signal: AbortSignal;
  /** Told what is being done: it may take seconds. */
  say?: (text: string) => void;
};

export type Sandbox = {
  credentials: Pick<Credentials, 'primero' | 'ona'>;
  world: World;
  /** Share of the cases that changed just now; null when nothing was changed. */
  changed: number | null;
  stop(): Promise<void>;
};

/** Takes away all that the sandbox keeps; called with the lock held. */
const removeSandbox = async ({ ona, world, inbox, credentials }: Paths): Promise<void> => {
  for (const path of [world, ona, inbox, credentials])
    await rm(path, { recursive: true, force: true });
};

/** Plays a quarter only when what went before has been synced: else there is something to go on with. */
const withQuarter = (
  world: World,
  { newest }: Status,
  share: number,
): { world: World; changed: number | null } => {
  if (newest?.state !== 'complete' || share === 0) return { world, changed: null };
  const quarter = nextQuarter(world, share, Date.now());
  return { world: { ...world, quarters: [...world.quarters, quarter] }, changed: share };
};

const startPrimero = (world: World, port: number) =>
  startChild<PrimeroCredential>('primero-server', 'the sandbox Primero', { ...world, port });

/**
 * Starts the sandbox: a Primero with invented cases, and an ONA of its own, migrated. On every
 * start after a complete sync some cases change first, as in a new quarter.
 */
export const startSandbox = async (options: SandboxOptions): Promise<Sandbox> => {
  const { paths, reset, command, changedShare, port = 0, signal, say } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  let start = newWorld(options.world, Date.now());
  const prepare = async () => {
    if (reset) await removeSandbox(paths);
    const remembered = await readJsonFile<World>(paths.world);
    if (remembered) checkWorld(remembered, options.world, paths.world);
    start = remembered ?? start;
  };
  try {
    say?.('Starting the embedded ONA …');
    const ona = await startLocalOna(paths, command, { prepare, port: port && port + 2 });
    stops.push(ona.stop);
    await migrate(ona.credential);
    signal.throwIfAborted();
    const status = await readStatus(ona.credential);
    const { world, changed } = withQuarter(start, status, changedShare);
    await writePrivateJson(paths.world, world);
    say?.(`Starting the sandbox Primero with ${world.cases.toLocaleString('en')} cases …`);
    const primero = await startPrimero(world, port);
    stops.push(primero.stop);
    signal.throwIfAborted();
    return {
      credentials: { primero: primero.ready, ona: ona.credential },
      world,
      changed,
      stop,
    };
  } catch (error) {
    await stop();
    // Ctrl-C reaches the whole group: a server that ended by it before it could ignore it is no failure.
    signal.throwIfAborted();
    throw error;
  }
};
