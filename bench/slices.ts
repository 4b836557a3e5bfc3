import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sliceMessages } from '../local/slices/messages.ts';
import { runSlices } from '../local/slices/run-slices.ts';
import { createOna } from './servers/database.ts';
import { startPrimero } from './servers/primero.ts';

/** Times of a window brought over in so many slices side by side. */
export type Sliced = { slices: number; ms: number[] };

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
      const folder = await mkdtemp(join(tmpdir(), 'slices-'));
      try {
        const credentials = { primero: primero.credential, ona: ona.credential };
        const messages = await sliceMessages(primero.credential, slices);
        const started = performance.now();
        const { signal } = new AbortController();
        const failures = await runSlices({
          credentials,
          messages,
          folder,
          signal,
          onBatch: () => {},
        });
        if (failures.length > 0) throw new Error(failures[0]);
        results.push({ slices, ms: [performance.now() - started] });
      } finally {
        await rm(folder, { recursive: true, force: true });
        await ona.drop();
      }
    }
  } finally {
    await primero.stop();
  }
  return results;
};
