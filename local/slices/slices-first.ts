import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import type { Message } from '../../jobs/lib/message.ts';
import { firstMessage } from '../../jobs/lib/start.ts';
import { LOCAL_BATCH_BYTES } from '../sync/batch-bytes.ts';
import { checkServers } from '../sync/preflight.ts';
import type { ChainRun } from '../sync/run-chain.ts';
import { noTotals } from '../sync/totals.ts';
import { countCases, divide } from './divide.ts';
import { slicesFor } from './how-many.ts';
import { sliceMessages } from './messages.ts';
import { missingFrom } from './missing.ts';
import { postSlices } from './post-slices.ts';
import { runSlices } from './run-slices.ts';
import { sumSlices } from './sum-slices.ts';

/** More of them only wait for each other: Primero serves people too, and ONA takes one writer at a time. */
export const MOST_SLICES = 16;

/**
 * The first messages of slices that divide what is missing between them; none where there is nothing to divide.
 * @param asked how many; where nobody says it, as many as are worth it
 */
export const planSlices = async (
  { primero, ona, inbox }: ChainRun['credentials'],
  asked?: number,
): Promise<Message[]> => {
  const input = inbox ? {} : { batchBytes: LOCAL_BATCH_BYTES };
  const sync = firstMessage(input, Date.now(), Math.random);
  const from = await missingFrom(ona, sync);
  if (from === null) return [];
  const missing = { from, to: sync.window.to };
  const slices = asked ?? slicesFor(await countCases(primero, missing), availableParallelism());
  if (slices === 1) return [];
  const parts = await divide(primero, missing, slices);
  return parts.length === 1 ? [] : sliceMessages(sync, parts);
};

/**
 * Brings over what is missing in slices side by side, where it is worth it; the sync that follows fills what they
 * left and proves that nothing is missing. Where the credentials name an inbox, the slices run behind it. Checks first
 * that the servers are there.
 * @returns what they did, for the sync that follows to add to
 */
export const slicesFirst = async (
  run: ChainRun,
  asked: number | undefined,
  say: (text: string) => void,
): Promise<NonNullable<ChainRun['before']>> => {
  const { credentials, file, paths, signal, log, onBatch } = run;
  await checkServers(credentials, file);
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1000;
  const messages = await planSlices(credentials, asked);
  if (messages.length === 0) return { totals: noTotals(), seconds: elapsed() };
  signal.throwIfAborted();
  const { totals, add } = sumSlices();
  say(`${messages.length} slices side by side, then one sync that proves them complete.`);
  const failures = credentials.inbox
    ? await postSlices(run, messages)
    : await runSlices({
        ...{ credentials, messages, signal, ...(log && { log }) },
        folder: join(dirname(paths.inbox), 'slices'),
        onBatch: (summary) => onBatch?.(add(summary), elapsed()),
      });
  // No sync goes on after Ctrl-C, which is what ended them.
  if (!signal.aborted)
    for (const failure of failures) say(`A slice stopped; the sync goes on from there. ${failure}`);
  return { totals, seconds: elapsed(), cursor: messages.at(-1)!.window.to };
};
