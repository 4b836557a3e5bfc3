import { readdir, stat } from 'node:fs/promises';
import { firstMessage } from '../jobs/lib/start.ts';
import { inProject } from '../local/paths.ts';
import { runChain } from './chain/run-chain.ts';
import { median } from './numbers.ts';
import { createOna } from './servers/database.ts';
import { startPrimero } from './servers/primero.ts';

/** Time of a batch that finds nothing, and bytes of the built jobs. */
export type StartUp = { firstMs: number; laterMs: number; jobs: Record<string, number> };

const BATCHES = 8;

/** A second in which nothing was ever updated; Primero has cases at other times. */
const EMPTY = { from: '2001-01-01T00:00:00Z', to: '2001-01-01T00:00:00Z' };

const emptyBatch = () => ({
  ...firstMessage({}, Date.now(), Math.random),
  mode: 'slice',
  window: EMPTY,
  requests: [{ indicator: 'under18', ...EMPTY }],
});

export const measureStartUp = async (seed: number): Promise<StartUp> => {
  const ona = await createOna();
  const primero = await startPrimero(100, seed);
  try {
    const credentials = { primero: primero.credential, ona: ona.credential };
    const task = { credentials, message: emptyBatch(), batches: BATCHES, repeat: true };
    const [first, ...later] = (await runChain(task)).runs.map(({ ms }) => ms);
    const names = (await readdir(inProject('dist', 'jobs'))).filter((name) => /^[0-3]/.test(name));
    const sizes = await Promise.all(
      names.map(
        async (name) => [name, (await stat(inProject('dist', 'jobs', name))).size] as const,
      ),
    );
    return { firstMs: first!, laterMs: median(later), jobs: Object.fromEntries(sizes) };
  } finally {
    await primero.stop();
    await ona.drop();
  }
};
