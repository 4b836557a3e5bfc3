import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Primero, type PrimeroOptions, startPrimero } from '../../local/primero/index.ts';
import type { ChainRun } from '../../local/sync/run-chain.ts';
import type { TestOna } from './ona.ts';

/**
 * What `runChain` is given, for the tests of one `describe`: a sandbox Primero for all of them, and for each a
 * state folder of its own.
 * @example <caption>In describeOna</caption>
 * const runs = chainRuns(ona, { cases: 600 });
 * test('…', async () => expect((await runChain(runs.prepared())).failed).toBeNull());
 */
export const chainRuns = (ona: TestOna, options: PrimeroOptions) => {
  let primero: Primero;
  let folder: string;
  beforeAll(async () => {
    primero = await startPrimero(options);
  });
  afterAll(() => primero?.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chain-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return {
    get primero() {
      return primero;
    },
    get folder() {
      return folder;
    },
    prepared: (): Pick<ChainRun, 'credentials' | 'paths' | 'signal'> => {
      const { url, user, password } = primero;
      return {
        credentials: { primero: { url, user, password, basicAuth: true }, ona: ona.credentials },
        paths: { inbox: join(folder, 'inbox'), cursor: join(folder, 'cursor.json') },
        signal: new AbortController().signal,
      };
    },
  };
};
