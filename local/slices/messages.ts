import { INDICATORS } from '../../jobs/lib/indicators.ts';
import type { Message, Range } from '../../jobs/lib/message.ts';

/**
 * The first messages of slices: each has a part of a sync's window, in which alone it looks for gaps, and a sync id
 * of its own, so that none takes another's batches for its own. They prove nothing: the sync after them does.
 */
export const sliceMessages = (sync: Message, parts: readonly Range[]): Message[] =>
  parts.map((window, index) => ({
    ...sync,
    mode: 'slice',
    syncId: `${sync.syncId}-${index + 1}`,
    window,
    requests: INDICATORS.map((indicator) => ({ indicator, ...window })),
  }));
