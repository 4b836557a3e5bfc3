import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '../../jobs/lib/message.ts';
import type { InboxCredential } from '../credentials/schema.ts';
import type { ChainRun } from '../sync/run-chain.ts';
import { gapsOf } from './missing.ts';

const WATCH_EVERY_MS = 5000;

/** After this long without a gap less, slices are left alone: the sync that follows does what they did not. */
const STALL_MS = 20 * 60_000;

const TIMEOUT_MS = 20_000;

const post = async ({ inboxUrl, apiKey }: InboxCredential, message: Message): Promise<boolean> => {
  const response = await fetch(inboxUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': apiKey },
    body: JSON.stringify(message),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return response.ok;
};

/** The first gaps of all slices, as text that changes with each batch; empty when none is left. */
const gapsOfAll = async (ona: ChainRun['credentials']['ona'], messages: readonly Message[]) => {
  const gaps: unknown[] = [];
  for (const message of messages) gaps.push(...(await gapsOf(ona, message)));
  return gaps.length === 0 ? '' : JSON.stringify(gaps);
};

/**
 * Posts the first messages of slices to an inbox elsewhere, and reads the ledger until their parts of the window
 * have no gap, nothing moves for long, or it is stopped.
 * @returns why slices were not started, or left alone
 */
export const postSlices = async (
  { credentials, signal, watchEveryMs = WATCH_EVERY_MS }: ChainRun,
  messages: readonly Message[],
): Promise<string[]> => {
  for (const message of messages) {
    const isPosted = await post(credentials.inbox!, message).catch(() => false);
    if (!isPosted) return ['INBOX_REFUSED: the inbox did not take its first message'];
  }
  let seen: string | null = null;
  let since = Date.now();
  while (!signal.aborted) {
    const gaps = await gapsOfAll(credentials.ona, messages);
    if (gaps === '') return [];
    if (gaps !== seen) since = Date.now();
    seen = gaps;
    if (Date.now() - since > STALL_MS)
      return ['CHAIN_STALLED: no batch was written for 20 minutes'];
    await sleep(watchEveryMs, undefined, { signal }).catch(() => {});
  }
  return [];
};
