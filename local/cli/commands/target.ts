import { existsSync } from 'node:fs';
import { namedCredentials, readCredentials } from '../../credentials/read.ts';
import type { Credentials, OnaCredential } from '../../credentials/schema.ts';
import { localCredential, startLocalOna } from '../../sync/local-ona.ts';
import { lockHolder } from '../../sync/lock.ts';
import { type ChainPaths, chainPathsOf, sandboxPaths } from '../../sync/state-folder.ts';
import { UserError } from '../../user-error.ts';

export type TargetOptions = { sandbox?: boolean; credentials?: string; allowHttp?: boolean };

/** Refuses two contradicting ways of naming the servers. */
export const refuseBoth = (sandbox: boolean | undefined, credentials: string | undefined): void => {
  if (sandbox && credentials)
    throw new UserError('USAGE', '--sandbox and --credentials exclude each other', 'leave one out');
};

/** The real servers that the options or the environment name; null for the sandbox. */
export const realTarget = async ({
  sandbox,
  credentials: given,
  allowHttp,
}: TargetOptions): Promise<{ credentials: Credentials; file: string } | null> => {
  refuseBoth(sandbox, given);
  const named = namedCredentials(given);
  return sandbox || !named ? null : readCredentials(named, allowHttp);
};

/** Where messages of the target are kept. */
export const chainPathsFor = async (options: TargetOptions): Promise<ChainPaths> => {
  const real = await realTarget(options);
  return real ? chainPathsOf(real.credentials) : sandboxPaths();
};

/** @throws {UserError} SANDBOX_MISSING if no sandbox has been made yet */
export const requireSandbox = (paths = sandboxPaths()): void => {
  if (existsSync(paths.world)) return;
  throw new UserError(
    'SANDBOX_MISSING',
    'there is no local sandbox yet',
    'make one with `npm start`, or name real servers with --credentials FILE',
  );
};

/**
 * Passes the ONA of the target to `work`. The sandbox's database is started only for this time, unless another
 * command is already running it: then that one is used.
 */
export const withTargetOna = async <T>(
  options: TargetOptions,
  command: string,
  work: (ona: OnaCredential, file?: string) => Promise<T>,
): Promise<T> => {
  const real = await realTarget(options);
  if (real) return work(real.credentials.ona, real.file);
  const paths = sandboxPaths();
  const holder = await lockHolder(paths.lock);
  if (holder?.ona) return work(localCredential(holder.ona.address));
  requireSandbox(paths);
  const local = await startLocalOna(paths, command);
  try {
    return await work(local.credential);
  } finally {
    await local.stop();
  }
};
