import { runChain } from './chain/run-chain.ts';
import { createOna } from './servers/database.ts';
import { startPrimero } from './servers/primero.ts';

/** Time of a whole sync in so many slices, the proof that follows them included. */
export type Sliced = { slices: number; ms: number };

export const measureSlices = async (
  counts: readonly number[],
  cases: number,
  seed: number,
): Promise<Sliced[]> => {
  const primero = await startPrimero(cases, seed);
  const results: Sliced[] = [];
  try {
    for (const slices of counts) {
      const ona = await createOna();
      try {
        const credentials = { primero: primero.credential, ona: ona.credential };
        results.push({ slices, ms: (await runChain({ credentials, slices })).ms });
      } finally {
        await ona.drop();
      }
    }
  } finally {
    await primero.stop();
  }
  return results;
};
