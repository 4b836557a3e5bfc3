import type { Message } from '../../jobs/lib/message.ts';
import type { Summary } from '../../jobs/lib/types.ts';
import type { Credentials } from '../credentials/schema.ts';
import { openChain } from '../sync/chain.ts';

/** What a slice's process is told, and what it says. Over IPC: arguments are for all to see. */
export type SliceTask = {
  credentials: Pick<Credentials, 'primero' | 'ona'>;
  message: Message;
  /** Folder of its inbox. */
  inbox: string;
};
export type SliceWord = { batch: Summary } | { end: string | null };

/** Runs one slice to its end, in a process that does nothing else. */
export const workOn = async (
  { credentials, message, inbox }: SliceTask,
  signal: AbortSignal,
  tell: (word: SliceWord) => void,
): Promise<void> => {
  const chain = await openChain({
    ...{ credentials, signal },
    paths: { inbox, cursor: '' },
    onBatch: (batch) => tell({ batch }),
  });
  try {
    const { failed } = await chain.replay(message);
    tell({ end: failed?.message ?? null });
  } finally {
    await chain.close();
  }
};
