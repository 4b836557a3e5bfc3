import { INDICATORS } from '../../jobs/lib/indicators.ts';
import type { Message, Range } from '../../jobs/lib/message.ts';
import { firstMessage } from '../../jobs/lib/start.ts';
import type { PrimeroCredential } from '../credentials/schema.ts';
import { divide } from './divide.ts';

/**
 * The first messages of slices: each has a part of the window, in which alone it looks for gaps, and a sync id of
 * its own, so that none takes another's batches for its own. They prove nothing: the sync after them does.
 * @param cursor where the last sync ended; all that there is when absent
 */
export const sliceMessages = async (
  primero: PrimeroCredential,
  slices: number,
  cursor?: string,
): Promise<Message[]> => {
  const first = firstMessage(cursor ? { cursor } : {}, Date.now(), Math.random);
  const parts = await divide(primero, first.window, slices);
  return parts.map((window: Range, index) => ({
    ...first,
    mode: 'slice',
    syncId: `${first.syncId}-${index + 1}`,
    window,
    requests: INDICATORS.map((indicator) => ({ indicator, ...window })),
  }));
};
