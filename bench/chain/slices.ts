import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSlices } from '../../local/slices/run-slices.ts';
import { planSlices } from '../../local/slices/slices-first.ts';
import type { ChainTask } from './types.ts';

/** Brings over what is missing in parts side by side, as the command does; 0: as many as it chooses. */
export const bringOverSlices = async (credentials: ChainTask['credentials'], slices: number) => {
  const messages = await planSlices(credentials, slices || undefined);
  const folder = await mkdtemp(join(tmpdir(), 'slices-'));
  try {
    const { signal } = new AbortController();
    const run = { credentials, messages, folder, signal, onBatch: () => {} };
    return { messages, failures: await runSlices(run) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
