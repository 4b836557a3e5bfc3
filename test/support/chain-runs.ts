import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Primero, type PrimeroOptions, startPrimero } from '../../local/primero/index.ts';
import { CENSUS } from '../../local/sync/input.ts';
import type { SyncRun } from '../../local/sync/sync-run.ts';
import type { TestOna } from './ona.ts';

/**
 * What `runSync` is given, for the tests of one `describe`: a sandbox Primero for all of them, and for each a
 * state folder of its own.
 * @example <caption>In describeOna</caption>
 * const runs = chainRuns(ona, { cases: 600 });
 * test('…', async () => expect((await runSync(runs.prepared())).failed).toBeNull());
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
    prepared: (
      batchBytes?: number,
    ): Pick<SyncRun, 'credentials' | 'paths' | 'signal' | 'input'> => ({
      credentials: {
        primero: { ...primero.credential, ...(batchBytes && { batchBytes }) },
        ona: ona.credentials,
      },
      paths: { inbox: join(folder, 'inbox') },
      signal: new AbortController().signal,
      input: CENSUS,
    }),
  };
};
