import type { OnaCredential } from '../credentials/schema.ts';
import type { OnaAddress } from '../ona/serve.ts';
import { startChild } from './child-process.ts';
import { takeLock } from './lock.ts';
import type { sandboxPaths } from './state-folder.ts';

/** PGlite takes any password. */
export const localCredential = (address: OnaAddress): OnaCredential => ({
  ...address,
  password: 'local',
});

/**
 * Starts the embedded ONA on the sandbox's database, which no other command may have open.
 * Throws LOCAL_DATABASE_OPEN, or SERVER_FAILED.
 * @param command its name, for what other commands say meanwhile
 * @param prepare done with the lock held, before the database is opened
 */
export const startLocalOna = async (
  paths: Pick<ReturnType<typeof sandboxPaths>, 'lock' | 'ona'>,
  command: string,
  { port = 0, prepare }: { port?: number; prepare?: () => Promise<void> } = {},
) => {
  const lock = await takeLock(paths.lock, command);
  try {
    await prepare?.();
    const child = await startChild<OnaAddress>('ona-server', 'the embedded ONA', {
      dataDir: paths.ona,
      port,
    });
    await lock.announce({ pid: child.pid, address: child.ready });
    return {
      credential: localCredential(child.ready),
      stop: async () => {
        await child.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
};
