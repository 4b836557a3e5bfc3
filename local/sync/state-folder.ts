import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Credentials } from '../credentials/schema.ts';
import { ownState } from '../own-folders.ts';

/** Names another folder than `state/local` for what runs keep. */
export const STATE_VARIABLE = 'PRIMERO_ONA_STATE';

/** Where runs keep what they need between them: `state/local` in a clone. */
export const stateFolder = (): string => process.env[STATE_VARIABLE] || ownState();

/** Files and folders of the sandbox: its database, its inbox, and how its world came about. */
export const sandboxPaths = (root = stateFolder()) => ({
  root,
  lock: join(root, 'lock.json'),
  ona: join(root, 'ona'),
  world: join(root, 'sandbox.json'),
  credentials: join(root, 'credentials.json'),
  ...chainPaths(root),
});

/** What a chain of batches keeps: its messages. */
export type ChainPaths = { inbox: string };

const chainPaths = (folder: string): ChainPaths => ({
  inbox: join(folder, 'inbox'),
});

/**
 * The same for real servers: a folder for each pair of Primero and ONA, so that a message made for
 * one is never run against another.
 */
export const chainPathsOf = (
  { primero, ona }: Pick<Credentials, 'primero' | 'ona'>,
  root = stateFolder(),
): ChainPaths => {
  const pair = [primero.url, ona.host, ona.port, ona.database].join('\n');
  const digest = createHash('sha256').update(pair).digest('hex').slice(0, 8);
  const { hostname } = new URL(primero.url);
  return chainPaths(join(root, `${hostname.replaceAll(/[^A-Za-z0-9.-]/g, '_')}-${digest}`));
};
