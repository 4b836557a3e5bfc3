import type { Credentials } from '../../credentials/schema.ts';
import { checkOna } from '../../ona/check-tables.ts';
import { startSandbox } from '../../sync/sandbox.ts';
import { sandboxPaths } from '../../sync/state-folder.ts';
import { onInterrupt } from '../interrupt.ts';
import { realTarget, requireSandbox, type TargetOptions } from './target.ts';

export type { TargetOptions } from './target.ts';

/**
 * Passes the Primero and the ONA of the target to `work`. Those of the sandbox are started only for this time; none
 * of its cases changes.
 */
export const withTargetServers = async <T>(
  options: TargetOptions,
  command: string,
  work: (servers: Pick<Credentials, 'primero' | 'ona'>, file?: string) => Promise<T>,
): Promise<T> => {
  const real = await realTarget(options);
  if (real) {
    await checkOna(real.credentials.ona, real.file);
    return work(real.credentials, real.file);
  }
  const paths = sandboxPaths();
  requireSandbox(paths);
  const { signal, dispose } = onInterrupt(() => {});
  try {
    const sandbox = await startSandbox({ paths, world: {}, changedShare: 0, command, signal });
    try {
      return await work(sandbox.credentials);
    } finally {
      await sandbox.stop();
    }
  } finally {
    dispose();
  }
};
