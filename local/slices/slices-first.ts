import { dirname, join } from 'node:path';
import { checkOna } from '../ona/status.ts';
import { readJsonFile } from '../sync/json-file.ts';
import { checkPrimero } from '../sync/preflight.ts';
import type { ChainRun } from '../sync/run-chain.ts';
import { sliceMessages } from './messages.ts';
import { postSlices } from './post-slices.ts';
import { runSlices } from './run-slices.ts';
import { sumSlices } from './sum-slices.ts';

/** More of them only wait for each other: Primero serves people too, and ONA takes one writer at a time. */
export const MOST_SLICES = 16;

const cursorOf = async (file: string): Promise<string | undefined> => {
  const kept = await readJsonFile<{ data?: { cursor?: string } }>(file);
  return kept?.data?.cursor;
};

/**
 * Brings over a window in slices side by side; the sync that follows fills what they left and proves that
 * nothing is missing. Where the credentials name an inbox, the slices run behind it.
 * @returns what they did, for the sync that follows to add to
 */
export const slicesFirst = async (
  run: ChainRun,
  slices: number,
  say: (text: string) => void,
): Promise<NonNullable<ChainRun['before']>> => {
  const { credentials, file, paths, signal, onBatch } = run;
  await checkOna(credentials.ona, file);
  await checkPrimero(credentials.primero);
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const messages = await sliceMessages(credentials.primero, slices, await cursorOf(paths.cursor));
  const { totals, add } = sumSlices();
  say(`${messages.length} slices side by side, then one sync that proves them complete.`);
  const failures = credentials.inbox
    ? await postSlices(run, messages)
    : await runSlices({
        ...{ credentials, messages, signal },
        folder: join(dirname(paths.inbox), 'slices'),
        onBatch: (summary) => onBatch?.(add(summary), elapsed()),
      });
  for (const failure of failures) say(`A slice stopped; the sync goes on from there. ${failure}`);
  return { totals, seconds: elapsed() };
};
