import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { OnaCredential } from '../../local/credentials/schema.ts';
import { openStore } from '../../local/inbox/index.ts';
import type { Primero } from '../../local/primero/index.ts';
import { openChain } from '../../local/sync/chain.ts';
import { testFolder } from './test-folder.ts';

/**
 * Opens the chain of all jobs between a sandbox Primero and an ONA; closed after the test. `messages` are all that were posted.
 * @example <caption>A whole sync</caption>
 * const { last } = await (await testChain(primero, ona.credentials)).sync(CENSUS);
 */
export const testChain = async (
  { credential }: Pick<Primero, 'credential'>,
  ona: OnaCredential,
) => {
  const inbox = join(await testFolder(), 'inbox');
  const { signal } = new AbortController();
  const credentials = { primero: credential, ona };
  const chain = await openChain({ credentials, paths: { inbox }, signal });
  onTestFinished(() => chain.close());
  return { sync: chain.sync, messages: async () => (await openStore(inbox)).list() };
};
